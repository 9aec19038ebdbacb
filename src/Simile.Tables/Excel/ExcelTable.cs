using System.Xml;

namespace Simile.Tables;

/// <summary>
/// A sheet of an Excel workbook; rows longer than the first one are skipped and counted; shorter rows are padded with missing values.
/// </summary>
internal sealed class ExcelTable : TableReader
{
    private const long MostUnpacked = 4L << 30;

    private readonly BoundedArchive _archive;
    private readonly Workbook _workbook;
    private readonly int _sheet;

    public ExcelTable(string path, string? sheet)
        : base(path)
    {
        try
        {
            _archive = new BoundedArchive(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), MostUnpacked, CancellationToken.None);
            _workbook = new Workbook(_archive);
            _sheet = sheet is null ? 0 : _workbook.Sheets.ToList().IndexOf(sheet);
            if (_sheet < 0 || _workbook.Sheets.Count == 0)
            {
                throw new InvalidDataException($"{path} has no sheet {sheet}: its sheets are {string.Join(", ", _workbook.Sheets)}.");
            }

            Columns = Distinct(Filled().FirstOrDefault() ?? []);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException && !e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            _archive?.Dispose();
            throw Damaged(e);
        }
    }

    public override IEnumerable<string?[]> Rows()
    {
        SkippedRows = 0;
        using var rows = Filled().Skip(1).GetEnumerator();
        while (Next(rows))
        {
            if (rows.Current.Count > Columns.Count)
            {
                SkippedRows++;
                continue;
            }

            var row = new string?[Columns.Count];
            rows.Current.CopyTo(row!);
            yield return row;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _archive.Dispose();
        base.Dispose(disposing);
    }

    private IEnumerable<List<string>> Filled() => _workbook.Rows(_sheet).Where(row => !row.TrueForAll(string.IsNullOrWhiteSpace));

    private bool Next(IEnumerator<List<string>> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw Damaged(e);
        }
    }

    private InvalidDataException Damaged(Exception e) =>
        new($"{Path} is not a readable Excel workbook (.xlsx): {(e is XmlException ? "its XML is damaged" : e.Message.TrimEnd('.'))}.", e);
}
