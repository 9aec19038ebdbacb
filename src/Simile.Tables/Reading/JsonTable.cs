using System.Text;
using System.Text.Json;

namespace Simile.Tables;

/// <summary>
/// JSON lines: each object is a row, and the property names of the first thousand objects are the columns. A line that is not an object is
/// skipped and counted.
/// </summary>
internal sealed class JsonTable : TableReader
{
    private const int NamedBy = 1000;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public JsonTable(string path)
        : base(path)
    {
        var (names, row) = (new List<string>(), new List<string?>());
        foreach (var _ in Objects(row, names).Take(NamedBy))
        {
        }

        Columns = names;
    }

    public override IEnumerable<string?[]> Rows()
    {
        var row = new List<string?>();
        foreach (var _ in Objects(row, names: null))
        {
            yield return [.. row];
        }
    }

    private IEnumerable<bool> Objects(List<string?> row, List<string>? names)
    {
        SkippedRows = 0;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var lines = new ByteLines(file);
        while (lines.Read(out var line))
        {
            if (!line.ContainsAnyExcept(" \t"u8))
            {
                continue;
            }

            if (TryRead(line, row, names))
            {
                yield return true;
            }
            else
            {
                SkippedRows++;
            }
        }
    }

    private bool TryRead(ReadOnlySpan<byte> line, List<string?> row, List<string>? names)
    {
        row.Clear();
        row.AddRange(Enumerable.Repeat<string?>(null, _places.Count));
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                if (names is not null && _places.TryAdd(name, _places.Count))
                {
                    names.Add(name);
                    row.Add(null);
                }

                var value = Value(ref json, line);
                if (_places.TryGetValue(name, out var place))
                {
                    row[place] = value;
                }
            }

            return !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Value(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return json.GetString();
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return Encoding.UTF8.GetString(line[start..(int)json.BytesConsumed]);
            default:
                return Encoding.UTF8.GetString(json.ValueSpan);
        }
    }
}
