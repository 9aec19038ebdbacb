using Markdig;
using Markdig.Syntax;

namespace Simile.Documents;

/// <summary>CommonMark with front matter and tables. The parser classifies the lines; the text is that of the file.</summary>
internal static class MarkdownReader
{
    // Longer texts are read as prose, because the tree takes ten times their memory.
    private const int LargestTree = 16 << 20;

    // Inline syntax does not change blocks, and deep nesting of it would take long.
    private static readonly Lazy<MarkdownPipeline> Blocks = new(() =>
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        builder.InlineParsers.Clear();
        return builder.Build();
    });

    public static List<Block> Read(string text)
    {
        var blocks = new List<Block>();
        var begin = FrontMatter.EndOf(text);
        if (begin > 0 && FrontMatter.Read(text, begin) is { } matter)
        {
            blocks.Add(matter);
        }

        blocks.AddRange(Parse(text, begin) is { } leaves ? new MarkdownLines(text, begin, leaves).Read() : ProseReader.Read(text, begin));
        return blocks;
    }

    // Null if the parser refuses the text: it limits nesting.
    private static List<LeafBlock>? Parse(string text, int begin)
    {
        if (text.Length - begin > LargestTree)
        {
            return null;
        }

        try
        {
            return [.. Markdig.Markdown.Parse(text[begin..], Blocks.Value).Descendants<LeafBlock>()];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
