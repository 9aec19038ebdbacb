namespace Simile.Documents;

/// <summary>Plain text and Markdown: paragraphs stand between empty lines, headings name what is below.</summary>
internal static class ProseReader
{
    public static List<Block> Read(string text, bool markdown)
    {
        var blocks = new List<Block>();
        var paragraph = new List<Lines.Line>();
        var fenced = false;
        foreach (var line in Lines.Of(text))
        {
            var trimmed = Lines.Trim(text, line);
            var content = trimmed.Of(text);
            var fence = markdown && (content.StartsWith("```") || content.StartsWith("~~~"));
            if (trimmed.Length == 0)
            {
                End();
            }
            else if (markdown && !fenced && !fence && Markdown.IsHeading(content))
            {
                End();
                blocks.Add(Block.Slice(BlockKind.Heading, text, trimmed.Start, trimmed.End));
            }
            else if (markdown && !fenced && paragraph.Count == 1 && Markdown.IsUnderline(content))
            {
                blocks.Add(Block.Slice(BlockKind.Heading, text, paragraph[0].Start, trimmed.End));
                paragraph.Clear();
            }
            else
            {
                paragraph.Add(trimmed);
            }

            fenced ^= fence;
        }

        End();
        return blocks;

        void End()
        {
            Add(text, paragraph, fenced, blocks);
            paragraph.Clear();
        }
    }

    private static void Add(string text, List<Lines.Line> paragraph, bool fenced, List<Block> blocks)
    {
        if (paragraph.Count == 0)
        {
            return;
        }

        if (!fenced && LineBreaks.AreMeant(text, paragraph))
        {
            blocks.AddRange(paragraph.Select(line => Block.Slice(BlockKind.Prose, text, line.Start, line.End)));
            return;
        }

        blocks.Add(Block.Slice(fenced ? BlockKind.Code : BlockKind.Prose, text, paragraph[0].Start, paragraph[^1].End));
    }
}
