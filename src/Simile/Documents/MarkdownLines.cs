using Markdig.Syntax;

namespace Simile.Documents;

/// <summary>Converts the lines of a Markdown text to blocks. Each line belongs to one leaf of the syntax tree.</summary>
/// <param name="text">The file.</param>
/// <param name="begin">Start of the Markdown.</param>
/// <param name="leaves">Leaves of the tree. Their positions count from <paramref name="begin"/>.</param>
internal sealed class MarkdownLines(string text, int begin, List<LeafBlock> leaves)
{
    private readonly List<Block> _blocks = [];

    public List<Block> Read()
    {
        leaves.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var lines = new List<Lines.Line>();
        var next = 0;
        LeafBlock? leaf = null;
        foreach (var line in Lines.Of(text, begin))
        {
            var trimmed = Lines.Trim(text, line);
            if (next < leaves.Count && begin + leaves[next].Span.Start <= line.End)
            {
                End(leaf, lines);
                leaf = leaves[next++];

                // If several leaves share a line, the last one gets its text.
                for (; next < leaves.Count && begin + leaves[next].Span.Start <= line.End; next++)
                {
                    leaf = leaves[next];
                }
            }
            else if (leaf is not null && line.Start > begin + leaf.Span.End && trimmed.Length > 0 && !IsFence(leaf, trimmed))
            {
                // No leaf covers this line.
                End(leaf, lines);
                leaf = null;
            }

            lines.Add(trimmed);
        }

        End(leaf, lines);
        return _blocks;
    }

    private bool IsFence(LeafBlock leaf, Lines.Line line) => leaf is FencedCodeBlock && line.Of(text) is ['`' or '~', ..];

    private void End(LeafBlock? leaf, List<Lines.Line> lines)
    {
        switch (leaf)
        {
            case HeadingBlock:
                AddSlices(BlockKind.Heading, lines);
                break;
            case HtmlBlock when lines.Count > 0:
                _blocks.AddRange(HtmlReader.Read(text[lines[0].Start..lines[^1].End], offset: lines[0].Start));
                break;
            case CodeBlock:
                AddSlices(BlockKind.Code, lines);
                break;
            case ThematicBreakBlock or LinkReferenceDefinition:
                break;
            default:
                AddProse(lines);
                break;
        }

        lines.Clear();
    }

    // One slice for each run of non-empty lines.
    private void AddSlices(BlockKind kind, List<Lines.Line> lines)
    {
        foreach (var run in Runs(lines))
        {
            _blocks.Add(Block.Slice(kind, text, run[0].Start, run[^1].End));
        }
    }

    private void AddProse(List<Lines.Line> lines)
    {
        foreach (var run in Runs(lines))
        {
            var table = MarkdownTable.HeaderOf(text, run);
            ProseReader.AddParagraph(text, table < 0 ? run : run[..table], _blocks);
            if (table >= 0)
            {
                _blocks.AddRange(MarkdownTable.Rows(text, run[table..]));
            }
        }
    }

    private static IEnumerable<List<Lines.Line>> Runs(List<Lines.Line> lines)
    {
        var run = new List<Lines.Line>();
        foreach (var line in lines)
        {
            if (line.Length > 0)
            {
                run.Add(line);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
