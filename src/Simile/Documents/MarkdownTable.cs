using System.Text;

namespace Simile.Documents;

/// <summary>Tables of GitHub Flavored Markdown: a header, a line of hyphens, and rows.</summary>
internal static class MarkdownTable
{
    /// <summary>The index of a table's header line; negative if there is none.</summary>
    public static int HeaderOf(string text, List<Lines.Line> lines)
    {
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            if (IsDelimiter(lines[i + 1].Of(text)) && lines[i].Of(text).Contains('|')
                && Cells(text, lines[i]).Count == Cells(text, lines[i + 1]).Count)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The rows below a header.</summary>
    public static IEnumerable<Block> Rows(string text, List<Lines.Line> lines)
    {
        var columns = Cells(text, lines[0]);
        if (lines.Count == 2)
        {
            yield return new Block(BlockKind.Row, Row.ToText([], columns).AsMemory(), lines[0].Start, lines[0].End);
        }

        foreach (var line in lines.Skip(2))
        {
            if (Row.ToText(columns, Cells(text, line)) is { Length: > 0 } row)
            {
                yield return new Block(BlockKind.Row, row.AsMemory(), line.Start, line.End);
            }
        }
    }

    private static bool IsDelimiter(ReadOnlySpan<char> line) => line.Contains('-') && !line.ContainsAnyExcept("|:- \t");

    private static List<string> Cells(string text, Lines.Line line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var content = line.Of(text).Trim();
        content = content is ['|', ..] ? content[1..] : content;
        content = content is [.., not '\\', '|'] ? content[..^1] : content;
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '\\' && i + 1 < content.Length && content[i + 1] == '|')
            {
                cell.Append(content[++i]);
            }
            else if (content[i] == '|')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(content[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }
}
