using System.Globalization;
using System.Text;

namespace Simile.Tables;

/// <summary>
/// Writes CSV or TSV: the header is id, label, text (if present), v0, v1, …; numbers have the fewest digits that parse back to the same
/// float.
/// </summary>
internal sealed class DelimitedVectorWriter : VectorWriter
{
    private readonly StreamWriter _writer;
    private readonly char _separator;
    private bool _hasHeader;

    public DelimitedVectorWriter(string path, int dimensions, char separator)
        : base(path, dimensions)
    {
        _separator = separator;
        _writer = new StreamWriter(Stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
    }

    private protected override void Write(VectorSet vectors)
    {
        IReadOnlyList<string>[] texts = [.. new[] { vectors.Ids, vectors.Labels, vectors.Texts }.OfType<IReadOnlyList<string>>()];
        if (!_hasHeader)
        {
            string?[] names =
            [
                vectors.Ids is null ? null : VectorNames.Ids[0],
                vectors.Labels is null ? null : VectorNames.Labels[0],
                vectors.Texts is null ? null : VectorNames.Texts[0],
            ];
            WriteLine([.. names.OfType<string>(), .. Enumerable.Range(0, Dimensions)
                .Select(j => string.Create(CultureInfo.InvariantCulture, $"v{j}"))]);
            _hasHeader = true;
        }

        for (var i = 0; i < vectors.Vectors.Count; i++)
        {
            WriteLine([.. texts.Select(entries => entries[i]), .. Numbers(vectors.Vectors[i])]);
        }
    }

    private protected override void WriteRest() => _writer.Flush();

    private static string[] Numbers(ReadOnlySpan<float> vector)
    {
        var texts = new string[vector.Length];
        for (var j = 0; j < texts.Length; j++)
        {
            texts[j] = vector[j].ToString("R", CultureInfo.InvariantCulture);
        }

        return texts;
    }

    private void WriteLine(string[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            _writer.Write(i == 0 ? string.Empty : _separator.ToString());
            _writer.Write(fields[i].AsSpan().ContainsAny(_separator, '"', '\n') || fields[i].Contains('\r', StringComparison.Ordinal)
                ? $"\"{fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                : fields[i]);
        }

        _writer.WriteLine();
    }
}
