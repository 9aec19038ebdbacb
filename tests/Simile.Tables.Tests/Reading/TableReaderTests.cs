using System.Text;
using Simile.Testing;

namespace Simile.Tables.Tests;

public sealed class TableReaderTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("t.csv", "a,b\n1,\"x, \"\"y\"\"\"\n,\" 2 \"\n")]
    [InlineData("t.csv", "\uFEFFa,b\r\n1,\"x, \"\"y\"\"\"\r\n\r\n,\" 2 \"")]
    [InlineData("t.csv", "a;b\n1;\"x, \"\"y\"\"\"\n;\" 2 \"\n")]
    [InlineData("t.csv", "a|b\n1|\"x, \"\"y\"\"\"\n|\" 2 \"\n")]
    [InlineData("t.csv", "a\tb\n1\t\"x, \"\"y\"\"\"\n\t\" 2 \"\n")]
    [InlineData("t.tsv", "a\tb\n1\t\"x, \"\"y\"\"\"\n\t\" 2 \"\n")]
    [InlineData("t.jsonl", "{\"a\":1,\"b\":\"x, \\\"y\\\"\"}\n{\"a\":null,\"b\":\" 2 \"}\n")]
    public void The_separator_and_the_form_are_noticed(string name, string content)
    {
        var (columns, rows, skipped) = Read(name, Encoding.UTF8.GetBytes(content));
        Assert.Equal(["a", "b"], columns);
        Assert.Equal(["1", "x, \"y\"", "", " 2 "], rows.SelectMany(row => row).Select(cell => cell ?? string.Empty));
        Assert.Equal(0, skipped);
    }

    [Fact]
    public void Rows_of_another_length_are_skipped_and_counted()
    {
        var (_, rows, skipped) = Read("t.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n"u8.ToArray());
        Assert.Equal(["1", "2", "3", "4", "5", "6"], rows.SelectMany(row => row));
        Assert.Equal(2, skipped);
    }

    [Fact]
    public void Lines_that_are_no_objects_are_skipped_and_counted()
    {
        var (columns, rows, skipped) = Read("t.jsonl", "{\"a\":true}\n[1]\n{\"a\":\n{\"b\":{\"c\":[1, 2]},\"a\":2.50}\n"u8.ToArray());
        Assert.Equal(["a", "b"], columns);
        Assert.Equal(["true", null, "2.50", "{\"c\":[1, 2]}"], rows.SelectMany(row => row));
        Assert.Equal(2, skipped);
    }

    [Fact]
    public void Columns_without_a_name_or_with_one_that_is_taken_get_a_number()
    {
        var (columns, _, _) = Read("t.csv", "a,,a, b ,a_2\n1,2,3,4,5\n"u8.ToArray());
        Assert.Equal(["a", "column2", "a_2", "b", "a_2_2"], columns);
    }

    [Fact]
    public void A_first_line_that_is_no_header_is_a_row()
    {
        var (columns, rows, _) = Read("t.csv", "x,x,5\ny,,1\n"u8.ToArray(), new TableReaderOptions { HasHeader = false });
        Assert.Equal(["column1", "column2", "column3"], columns);
        Assert.Equal(["x", "x", "5", "y", "", "1"], rows.SelectMany(row => row));
        Assert.Throws<InvalidDataException>(() => Read("t.csv", [], new TableReaderOptions { HasHeader = false }));
    }

    [Fact]
    public void Other_encodings_are_read_where_they_are_named_or_marked()
    {
        var latin = Encoding.Latin1.GetBytes("a,b\nZürich,é\n");
        Assert.Contains("is not UTF-8", Assert.Throws<InvalidDataException>(() => Read("t.csv", latin)).Message, StringComparison.Ordinal);
        Assert.Equal(["Zürich", "é"], Read("t.csv", latin, new TableReaderOptions { Encoding = Encoding.Latin1 }).Rows[0]);
        Assert.Equal(["北京", "é"], Read("t.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n北京,é\n")]).Rows[0]);
    }

    [Theory]
    [InlineData("t.csv", "", "no columns")]
    [InlineData("t.csv", "a,b\0\n", "zero bytes")]
    [InlineData("t.jsonl", "1\n2\n", "no columns")]
    [InlineData("t.parquet", "PAR1 and more bytes PAR1", "footer is not whole")]
    public void What_is_no_table_is_refused_in_a_sentence(string name, string content, string reason)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(name, Encoding.UTF8.GetBytes(content))).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith(_folder, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_refused_before_it_fills_the_memory()
    {
        var bytes = new byte[80 << 20];
        bytes.AsSpan().Fill((byte)'x');
        "a,b\n1,\""u8.CopyTo(bytes);
        Assert.Contains("quote", Assert.Throws<InvalidDataException>(() => Read("t.csv", bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_columns_are_read()
    {
        var line = string.Join(',', Enumerable.Range(0, 10_000));
        var (columns, rows, _) = Read("t.csv", Encoding.UTF8.GetBytes($"{line}\n{line}\n"));
        Assert.Equal(10_000, columns.Count);
        Assert.Equal("9999", rows[0][9999]);
    }

    [Fact]
    public void Parquet_has_its_plain_columns()
    {
        var path = Path.Combine(_folder, "v.parquet");
        VectorFile.Write(
            path, new VectorSet(new Simile.Numerics.VectorMatrix(new float[] { 1, 2 }, 1)) { Ids = ["a", "b"], Labels = ["x", ""] });
        using var table = TableReader.Open(path);
        Assert.Equal(["id", "label"], table.Columns);
        Assert.Equal(["a", "x", "b", ""], table.Rows().SelectMany(row => row));
    }

    [Fact]
    public void Excel_sheets_are_tables_with_their_dates_and_shared_texts()
    {
        var path = Path.Combine(_folder, "t.xlsx");
        Workbook(path);
        using var table = TableReader.Open(path);
        Assert.Equal(["name", "born", "n"], table.Columns);
        Assert.Equal(["Ann, \"A\"", "2026-11-30", "1.5", "北京", null, null], table.Rows().SelectMany(row => row));
        Assert.Equal(1, table.SkippedRows);
        Assert.Equal(2, table.Rows().Count());
        using var second = TableReader.Open(path, new TableReaderOptions { Sheet = "two" });
        Assert.Equal(["x"], second.Columns);
        Assert.Contains(
            "its sheets are one, two",
            Assert.Throws<InvalidDataException>(() => TableReader.Open(path, new TableReaderOptions { Sheet = "three" })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_workbook_is_read_or_refused_in_a_sentence()
    {
        var path = Path.Combine(_folder, "good.xlsx");
        Workbook(path);
        var good = File.ReadAllBytes(path);
        ReaderFuzz.Run(_folder, "xlsx", good, good, changed =>
        {
            File.Move(changed, Path.Combine(_folder, "changed.xlsx"), overwrite: true);
            using var table = TableReader.Open(Path.Combine(_folder, "changed.xlsx"));
            return table.Rows().Sum(row => row.Length);
        }, 300);
    }

    private static void Workbook(string path)
    {
        using var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create);
        Add(
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"one\" "
            + "r:id=\"a\"/><sheet name=\"two\" r:id=\"b\"/></sheets></workbook>");
        Add(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"a\" Target=\"worksheets/s1.xml\"/><Relationship Id=\"b\" Target=\"/xl/worksheets/s2.xml\"/>"
            + "</Relationships>");
        Add(
            "xl/sharedStrings.xml",
            "<sst><si><t>name</t></si><si><t>born</t></si><si><t>Ann, \"A\"</t></si><si><r><t>北</t></r><r><t>京</t></r></si></sst>");
        Add("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
        Add(
            "xl/worksheets/s1.xml",
            "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is>"
            + "<t>n</t></is></c></row>"
            + "<row><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" s=\"1\"><v>46356</v></c><c r=\"C2\"><v>1.5</v></c></row><row/><row><c "
            + "r=\"A4\" t=\"s\"><v>3</v></c></row><row><c r=\"D5\"><v>9</v></c></row></sheetData></worksheet>");
        Add(
            "xl/worksheets/s2.xml",
            "<worksheet><sheetData><row><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>");

        void Add(string name, string content)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    [Fact]
    public void The_memory_of_a_pass_does_not_grow_with_the_rows()
    {
        Assert.InRange(PeakOf(rows: 200_000), 0, PeakOf(rows: 20_000) + (8 << 20));
    }

    private long PeakOf(int rows)
    {
        var path = Path.Combine(_folder, $"{rows}.csv");
        using (var file = new StreamWriter(path))
        {
            file.WriteLine(string.Join(',', Enumerable.Range(0, 20).Select(i => $"c{i}")));
            for (var row = 0; row < rows; row++)
            {
                file.WriteLine(string.Join(',', Enumerable.Range(0, 20).Select(i => row * i)));
            }
        }

        using var table = TableReader.Open(path);
        var (peak, count) = (0L, 0);
        foreach (var _ in table.Rows())
        {
            peak = ++count % 10_000 == 0 ? Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true)) : peak;
        }

        Assert.Equal(rows, count);
        return peak;
    }

    private (IReadOnlyList<string> Columns, string?[][] Rows, long Skipped) Read(
        string name, byte[] content, TableReaderOptions? options = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        using var table = TableReader.Open(path, options);
        string?[][] rows = [.. table.Rows()];
        return (table.Columns, rows, table.SkippedRows);
    }
}
