using Simile.Documents;
using Simile.Testing;

namespace Simile.Tests.Documents;

/// <summary>The small inputs that people had trouble with, found by listing their folders.</summary>
public class CaseTests
{
    private static Block[] Read(string path) =>
        [.. Document.Read(TextDecoder.Decode(File.ReadAllBytes(path), MediaType.Of(path)).Text, MediaType.Of(path)).Blocks];

    private static IEnumerable<string> Files(string name) =>
        Directory.EnumerateFiles(Assets.Require($"cases/{name}")).Order(StringComparer.Ordinal);

    private static string[] Texts(string path) => [.. Read(path).Select(block => block.Text.ToString())];

    [Fact]
    public void Elements_close_themselves_in_XHTML_alone()
    {
        foreach (var path in Files("xhtml-self-closing"))
        {
            var texts = Texts(path);
            Assert.DoesNotContain(
                texts, text => text.Contains('<', StringComparison.Ordinal) || text.Contains("color", StringComparison.Ordinal));
            Assert.Equal(
                MediaType.Of(path) == MediaType.Xhtml ? ["The lighthouse keeper slept until noon.", "Second paragraph."] : [], texts);
        }
    }

    [Fact]
    public void Hidden_elements_end_where_the_parser_ends_them()
    {
        foreach (var path in Files("html-hidden-optional-end"))
        {
            string[] expected = Path.GetFileName(path) == "hiddenli.html"
                ? ["apple", "pear", "After the list."]
                : ["A", "B in svg breaks out", "C"];
            Assert.Equal(expected, Texts(path));
        }
    }

    [Fact]
    public void Character_references_are_those_of_HTML()
    {
        foreach (var path in Files("html-char-refs"))
        {
            Assert.Equal(["© 2020 – it’s €5 \uFFFD ¬it; été"], Texts(path));
        }
    }

    [Fact]
    public void Headings_of_Markdown_are_those_of_CommonMark()
    {
        foreach (var path in Files("markdown-fences"))
        {
            var headings = Read(path).Where(block => block.Kind == BlockKind.Heading)
                .Select(block => block.Text.ToString().TrimStart('#', ' '))
                .ToArray();
            Assert.Equal("Guide", headings[0]);
            Assert.All(headings, heading => Assert.Contains(heading, new[] { "Guide", "Real heading", "Second" }));
            Assert.Equal(File.ReadAllText(path).Contains("## Real heading", StringComparison.Ordinal), headings.Contains("Real heading"));
            Assert.Equal(File.ReadAllText(path).Contains("## Second", StringComparison.Ordinal), headings.Contains("Second"));
        }
    }

    [Fact]
    public void No_line_of_front_matter_is_a_heading()
    {
        foreach (var path in Files("front-matter"))
        {
            var blocks = Read(path);
            Assert.DoesNotContain(blocks, block => block.Kind == BlockKind.Heading);
            Assert.Contains(blocks, block => block.Text.ToString() == "We went to the sea.");
            var passages = new Simile.Passages.PassageSplitter(text => Workshop.Tokenizer.CountTokens(text, addSpecialTokens: false), 128)
                .Split(Document.Read(File.ReadAllText(path), MediaType.Markdown));
            Assert.All(passages, passage => Assert.Empty(passage.Heading));
        }
    }
}
