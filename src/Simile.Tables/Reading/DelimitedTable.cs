using System.Text.Unicode;
using CsvHelper;

namespace Simile.Tables;

/// <summary>CSV (RFC 4180) and TSV; rows with another number of cells than the first line are skipped and counted.</summary>
internal sealed class DelimitedTable : TableReader
{
    private const int Sample = 1 << 20;
    private const int LongestRow = 64 << 20;

    private readonly CsvReaderOptions _options;

    public DelimitedTable(string path, TableReaderOptions options)
        : base(path)
    {
        if (options.Encoding is null)
        {
            RequireUtf8(path);
        }

        _options = new CsvReaderOptions
        {
            Separator = options.Separator,
            HasHeader = options.HasHeader,
            Encoding = options.Encoding,
            MaxRecordSize = LongestRow,
            MalformedData = CsvMalformedDataHandling.Recover,
        };
        try
        {
            using var records = CsvReader.FromFile(path, _options);
            Columns = Distinct(options.HasHeader ? records.Headers : new string[records.Read() ? records.FieldCount : 0]);
        }
        catch (CsvFormatException e)
        {
            throw Damaged(e);
        }
    }

    public override IEnumerable<string?[]> Rows()
    {
        SkippedRows = 0;
        using var records = CsvReader.FromFile(Path, _options);
        while (Read(records))
        {
            if (records.FieldCount != Columns.Count)
            {
                SkippedRows++;
                continue;
            }

            var row = new string?[Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = records.GetString(i);
            }

            yield return row;
        }
    }

    private bool Read(CsvReader records)
    {
        try
        {
            return records.Read();
        }
        catch (CsvFormatException e)
        {
            throw Damaged(e);
        }
    }

    private InvalidDataException Damaged(CsvFormatException e) =>
        new(
            $"{Path} has a row of more than {LongestRow >> 20} MB, after line {e.LineNumber:N0}: "
            + "perhaps a quote is not closed, or the file is not a table.",
            e);

    // Invalid UTF-8 after the sample becomes U+FFFD.
    private static void RequireUtf8(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(Sample, file.Length)];
        file.ReadExactly(bytes);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            return;
        }

        if (bytes.AsSpan().Contains((byte)0))
        {
            throw new InvalidDataException($"{path} is not a text table: it contains zero bytes.");
        }

        // The sample may end inside a character.
        var whole = bytes.AsSpan();
        for (var cut = 0; cut < 3 && bytes.Length == Sample && !Utf8.IsValid(whole); cut++)
        {
            whole = whole[..^1];
        }

        if (!Utf8.IsValid(whole))
        {
            throw new InvalidDataException($"{path} is not UTF-8: give its encoding, such as windows-1252 or gb18030 (--encoding).");
        }
    }
}
