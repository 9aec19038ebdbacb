namespace Simile.Documents.Readers;

/// <summary>Converts table rows to blocks. The first row names the columns, unless it is the only one.</summary>
internal static class TableText
{
    public static IEnumerable<DocumentBlock> Rows(List<List<string>> rows)
    {
        rows.RemoveAll(row => row.TrueForAll(string.IsNullOrWhiteSpace));
        var hasHeader = rows.Count > 1 && rows[0].Count > 1 && rows[0].TrueForAll(cell => cell.Length < 200);
        foreach (var row in rows.Skip(hasHeader ? 1 : 0))
        {
            if (Row.ToText(hasHeader ? rows[0] : [], row) is { Length: > 0 } text)
            {
                yield return new DocumentBlock(BlockKind.Row, text);
            }
        }
    }
}
