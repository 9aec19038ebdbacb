using Markdig;
using Markdig.Syntax;

namespace Simile.Documents;

/// <summary>Markdown as CommonMark reads it, with front matter and tables: the parser tells which lines are what, the text stays that of the file.</summary>
internal static class MarkdownReader
{
    // Longer texts are read as prose: the tree takes ten times their memory.
    private const int LargestTree = 16 << 20;

    // What stands within lines changes no block, and much nesting of it would take long.
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

    // Null where the parser refuses: it bounds the depth of nesting.
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
