namespace Simile.Documents;

/// <summary>Plain text: paragraphs are separated by empty lines; an underlined line is a heading.</summary>
internal static class ProseReader
{
    private const int ShortestUnderline = 3;

    /// <summary>The blocks of a text.</summary>
    /// <param name="text">The file.</param>
    /// <param name="begin">Where to start.</param>
    public static List<Block> Read(string text, int begin = 0)
    {
        var blocks = new List<Block>();
        var paragraph = new List<Lines.Line>();
        foreach (var line in Lines.Of(text, begin))
        {
            var trimmed = Lines.Trim(text, line);
            if (trimmed.Length > 0)
            {
                paragraph.Add(trimmed);
                continue;
            }

            Add(text, paragraph, blocks);
            paragraph.Clear();
        }

        Add(text, paragraph, blocks);
        return blocks;
    }

    /// <summary>Adds the lines of a paragraph: separately if each is meaningful, otherwise joined.</summary>
    public static void AddParagraph(string text, List<Lines.Line> paragraph, List<Block> blocks)
    {
        if (paragraph.Count == 0)
        {
            return;
        }

        if (LineBreaks.AreMeant(text, paragraph))
        {
            blocks.AddRange(paragraph.Select(line => Block.Slice(BlockKind.Prose, text, line.Start, line.End)));
            return;
        }

        blocks.Add(Block.Slice(BlockKind.Prose, text, paragraph[0].Start, paragraph[^1].End));
    }

    private static void Add(string text, List<Lines.Line> paragraph, List<Block> blocks)
    {
        var title = TitleLines(text, paragraph);
        if (title > 0)
        {
            blocks.Add(Block.Slice(BlockKind.Heading, text, paragraph[0].Start, paragraph[title - 1].End));
            paragraph.RemoveRange(0, title);
        }

        AddParagraph(text, paragraph, blocks);
    }

    // A title with a line below it, and possibly one above.
    private static int TitleLines(string text, List<Lines.Line> lines) =>
        lines.Count >= 3 && IsUnderline(lines[0].Of(text)) && !IsUnderline(lines[1].Of(text)) && IsUnderline(lines[2].Of(text)) ? 3
        : lines.Count >= 2 && !IsUnderline(lines[0].Of(text)) && IsUnderline(lines[1].Of(text)) ? 2
        : 0;

    private static bool IsUnderline(ReadOnlySpan<char> line) =>
        line.Length >= ShortestUnderline && line[0] is '=' or '-' or '~' or '*' or '^' or '#' or '+' or '_'
        && !line.ContainsAnyExcept(line[0]);
}
