namespace Simile.Documents.Readers;

/// <summary>Excel workbooks (.xlsx): each row with the names of its columns, sheet by sheet.</summary>
internal static class SheetsReader
{
    public static DocumentText Read(BoundedArchive archive)
    {
        var workbook = new Workbook(archive);
        return new DocumentText([.. workbook.Sheets.Select(
            (name, sheet) => new DocumentPart(new DocumentPlace("sheet", name), [.. TableText.Rows([.. workbook.Rows(sheet)])]))]);
    }
}
