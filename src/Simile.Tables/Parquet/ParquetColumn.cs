using System.Globalization;
using System.Text;
using global::Parquet;
using global::Parquet.Data;
using global::Parquet.Schema;

namespace Simile.Tables;

/// <summary>Reads a non-nested column of a Parquet file as readable text.</summary>
internal static class ParquetColumn
{
    /// <summary>The values of a row group; null for missing values.</summary>
    /// <exception cref="InvalidDataException">The column has another number of rows.</exception>
    public static string?[] ReadTexts(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        using var data = group.ReadRawColumnDataBaseAsync(field, cancellationToken).AsTask().GetAwaiter().GetResult();
        var values = ToTexts(data);
        return field.MaxDefinitionLevel > 0 ? Spread(values, data.DefinitionLevels, field.MaxDefinitionLevel, rows) : values;
    }

    private static string?[] Spread(string?[] values, ReadOnlySpan<int> definitions, int defined, int rows)
    {
        var (spread, next) = (new string?[rows], 0);
        for (var i = 0; i < rows && i < definitions.Length; i++)
        {
            spread[i] = definitions[i] == defined && next < values.Length ? values[next++] : null;
        }

        return spread;
    }

    private static string?[] ToTexts(RawColumnData data) => data switch
    {
        RawColumnData<ReadOnlyMemory<char>> values => Format(values, value => value.ToString()),
        RawColumnData<ReadOnlyMemory<byte>> values => Format(values, value => Encoding.UTF8.GetString(value.Span)),
        RawColumnData<float> values => Format(values, value => value.ToString("R", CultureInfo.InvariantCulture)),
        RawColumnData<double> values => Format(values, value => value.ToString("R", CultureInfo.InvariantCulture)),
        RawColumnData<bool> values => Format(values, value => value ? "true" : "false"),
        RawColumnData<DateTime> values =>
            Format(values, value => value.ToString(
                value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        RawColumnData<DateOnly> values => Format(values, value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        RawColumnData<int> values => FormatAny(values),
        RawColumnData<long> values => FormatAny(values),
        RawColumnData<short> values => FormatAny(values),
        RawColumnData<byte> values => FormatAny(values),
        RawColumnData<sbyte> values => FormatAny(values),
        RawColumnData<ushort> values => FormatAny(values),
        RawColumnData<uint> values => FormatAny(values),
        RawColumnData<ulong> values => FormatAny(values),
        RawColumnData<decimal> values => FormatAny(values),
        RawColumnData<Guid> values => Format(values, value => value.ToString()),
        RawColumnData<TimeSpan> values => Format(values, value => value.ToString("c", CultureInfo.InvariantCulture)),
        RawColumnData<TimeOnly> values => FormatAny(values),
        _ => throw new InvalidDataException("a column holds values of a type that is not supported."),
    };

    private static string?[] FormatAny<T>(RawColumnData<T> values)
        where T : struct, IFormattable => Format(values, value => value.ToString(null, CultureInfo.InvariantCulture));

    private static string?[] Format<T>(RawColumnData<T> values, Func<T, string> format)
        where T : struct
    {
        var span = values.Values;
        var texts = new string?[span.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = format(span[i]);
        }

        return texts;
    }
}
