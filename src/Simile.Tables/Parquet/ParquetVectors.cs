using System.Globalization;
using global::Parquet;
using global::Parquet.Data;
using global::Parquet.Schema;

namespace Simile.Tables;

/// <summary>
/// Reads the vectors of a Parquet file: a list column of numbers, and the optional columns "id" or "path", "label" and "text".
/// </summary>
internal static class ParquetVectors
{
    private static readonly Type[] Numbers =
        [
            typeof(float), typeof(double), typeof(int), typeof(long), typeof(short), typeof(byte), typeof(sbyte), typeof(ushort),
            typeof(uint), typeof(ulong), typeof(decimal),
        ];

    /// <exception cref="InvalidDataException">The file is damaged, has no such column, or its vectors have different lengths or missing
    /// numbers.</exception>
    public static VectorSet Read(string path, CancellationToken cancellationToken) =>
        ParquetFile.Read(path, reader => Read(reader, path, cancellationToken));

    private static VectorSet Read(ParquetReader reader, string path, CancellationToken cancellationToken)
    {
        var fields = reader.Schema.Fields;
        var (name, vectors) = Find(fields, path);
        var (ids, labels, texts) = (Beside(fields, VectorNames.Ids), Beside(fields, VectorNames.Labels), Beside(fields, VectorNames.Texts));
        var rows = new VectorRows(path);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var group = reader.OpenRowGroupReader(i);
            var first = rows.Count;
            using (var data = group.ReadRawColumnDataBaseAsync(vectors, cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                Cut(ToFloats(data, path, name), data, vectors, rows, name, path);
            }

            var count = rows.Count - first;
            var said = Array.ConvertAll(
                [ids, labels, texts], field => field is null ? null : ParquetColumn.ReadTexts(group, field, count, cancellationToken));
            for (var row = 0; row < count; row++)
            {
                rows.Describe(said[0]?[row], said[1]?[row], said[2]?[row]);
            }
        }

        return rows.ToSet();
    }

    private static (string Name, DataField Field) Find(IReadOnlyList<Field> fields, string path)
    {
        (string Name, DataField Field)[] lists = [.. fields.Select(field => (field.Name, Field: ParquetFile.Elements(field)!))
            .Where(list => list.Field is not null && Numbers.Contains(list.Field.ClrType))];
        foreach (var name in VectorNames.Vectors)
        {
            if (lists.FirstOrDefault(list => list.Name == name) is { Field: not null } named)
            {
                return named;
            }
        }

        return lists switch
        {
            [var only] => only,
            [] =>
                throw new InvalidDataException(
                    $"{path} has no column of lists of numbers: its columns are {Names(fields.Select(field => field.Name))}."),
            _ =>
                throw new InvalidDataException(
                    $"{path} has several columns of lists of numbers, {Names(lists.Select(list => list.Name))}: "
                    + "rename the column of the vectors to \"vector\"."),
        };
    }

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(8).Select(name => Simile.Numerics.Files.Quoted.Of(name)))
            + (all.Length > 8 ? $" and {all.Length - 8:N0} more" : string.Empty);
    }

    private static DataField? Beside(IReadOnlyList<Field> fields, string[] names) =>
        names.Select(name => fields.OfType<DataField>().FirstOrDefault(field => field.Name == name && !field.IsArray))
            .FirstOrDefault(field => field is not null);

    private static float[] ToFloats(RawColumnData data, string path, string name) => data switch
    {
        RawColumnData<float> numbers => numbers.Values.ToArray(),
        RawColumnData<double> numbers => Convert(numbers, number => (float)number),
        RawColumnData<int> numbers => Convert(numbers, number => number),
        RawColumnData<long> numbers => Convert(numbers, number => number),
        RawColumnData<short> numbers => Convert(numbers, number => number),
        RawColumnData<byte> numbers => Convert(numbers, number => number),
        RawColumnData<sbyte> numbers => Convert(numbers, number => number),
        RawColumnData<ushort> numbers => Convert(numbers, number => number),
        RawColumnData<uint> numbers => Convert(numbers, number => number),
        RawColumnData<ulong> numbers => Convert(numbers, number => number),
        RawColumnData<decimal> numbers => Convert(numbers, number => (float)number),
        _ => throw new InvalidDataException($"{path}: its column {name} does not hold numbers."),
    };

    private static float[] Convert<T>(RawColumnData<T> data, Func<T, float> convert)
        where T : struct
    {
        var values = data.Values;
        var floats = new float[values.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = convert(values[i]);
        }

        return floats;
    }

    // Dremel levels: repetition level 0 starts a row. A definition level below the maximum means a missing list, an empty list, or a
    // missing number.
    private static void Cut(float[] values, RawColumnData data, DataField field, VectorRows rows, string name, string path)
    {
        ReadOnlySpan<int> repetitions = data.RepetitionLevels;
        ReadOnlySpan<int> definitions = field.MaxDefinitionLevel > 0 ? data.DefinitionLevels : default;
        var (start, end) = (0, 0);
        for (var i = 0; i < repetitions.Length; i++)
        {
            if (repetitions[i] == 0 && i > 0)
            {
                rows.Add(values.AsSpan(start, end - start), Place(rows));
                start = end;
            }

            if (!definitions.IsEmpty && definitions[i] < field.MaxDefinitionLevel)
            {
                throw new InvalidDataException(
                    $"{path}: {Place(rows)} of its column {name} has no vector, or a vector with missing numbers: "
                    + "fill it in, or remove the row.");
            }

            end = end < values.Length
                ? end + 1
                : throw new InvalidDataException($"{path}: its column {name} holds fewer numbers than it claims: it is damaged.");
        }

        if (repetitions.Length > 0)
        {
            rows.Add(values.AsSpan(start, end - start), Place(rows));
        }
    }

    private static string Place(VectorRows rows) => string.Create(CultureInfo.InvariantCulture, $"row {rows.Count:N0}");
}
