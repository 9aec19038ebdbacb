using CsvHelper;
using Records = CsvHelper.CsvReader;

namespace Simile.Documents;

/// <summary>
/// Comma-separated values (RFC 4180; semicolons and tabs are detected). The first record names the columns; each other record is a row.
/// </summary>
internal static class CsvReader
{
    public static List<Block> Read(string text)
    {
        var blocks = new List<Block>();
        var options = new CsvReaderOptions
        {
            MalformedData = CsvMalformedDataHandling.Recover,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
        };
        using var records = Records.FromText(text, options);
        var (offset, bytes) = (0, 0L);
        while (records.Read())
        {
            var values = new string[records.FieldCount];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = records.GetString(i);
            }

            var start = MoveTo(records.ByteOffset);
            var end = MoveTo(records.ByteOffset + records.RawRecord.Length);
            if (Row.ToText(records.Headers, values) is { Length: > 0 } row)
            {
                blocks.Add(new Block(BlockKind.Row, row.AsMemory(), start, end));
            }
        }

        return blocks;

        // The CSV library counts UTF-8 bytes; we count UTF-16 units.
        int MoveTo(long target)
        {
            for (; bytes < target && offset < text.Length; offset++)
            {
                bytes += text[offset] switch
                {
                    < '\x80' => 1,
                    < '\x800' => 2,
                    _ when char.IsSurrogate(text[offset]) => 2,
                    _ => 3,
                };
            }

            return offset;
        }
    }
}
