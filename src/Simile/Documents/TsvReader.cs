namespace Simile.Documents;

/// <summary>
/// Tab-separated values without quoting (IANA text/tab-separated-values): the first line names the columns, each other line is a row.
/// </summary>
internal static class TsvReader
{
    public static List<Block> Read(string text)
    {
        var blocks = new List<Block>();
        string[]? columns = null;
        foreach (var line in Lines.Of(text))
        {
            var values = text[line.Start..line.End].Split('\t');
            if (columns is null)
            {
                columns = values;
            }
            else if (Row.ToText(columns, values) is { Length: > 0 } row)
            {
                blocks.Add(new Block(BlockKind.Row, row.AsMemory(), line.Start, line.End));
            }
        }

        return blocks;
    }
}
