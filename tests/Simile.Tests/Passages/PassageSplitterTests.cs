using System.Globalization;
using System.Text;
using Simile.Documents;
using Simile.Passages;
using Simile.Testing;

namespace Simile.Tests.Passages;

public class PassageSplitterTests
{
    private static List<Passage> Split(string text, int maxTokens = 32, string mediaType = MediaType.PlainText) =>
        [.. new PassageSplitter(text => Workshop.Tokenizer.CountTokens(text, addSpecialTokens: false), maxTokens)
            .Split(Document.Read(text, mediaType))];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Passages_cover_the_text_in_order_and_are_short_enough(int seed)
    {
        var text = RandomText(seed);
        var maxTokens = 8 + (seed % 40);
        var mediaType = (seed % 3) switch { 0 => MediaType.PlainText, 1 => MediaType.Markdown, _ => MediaType.SourceCode };
        var passages = Split(text, maxTokens, mediaType);
        Assert.Equal(Letters(text), Letters(string.Concat(passages.Select(p => p.Heading + p.Text))));
        var graphemes = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToHashSet();
        var before = 0;
        foreach (var passage in passages)
        {
            Assert.True(passage.Start >= before, "passages overlap");
            Assert.Equal(text[passage.Start..passage.End], passage.Text);
            Assert.InRange(Workshop.Tokenizer.CountTokens(passage.Embedded, addSpecialTokens: false), 1, maxTokens);
            Assert.Equal(LineOf(text, passage.Start), passage.Line);
            Assert.Contains(passage.Start, graphemes);
            Assert.Contains(passage.End, graphemes);
            before = passage.End;
        }
    }

    [Fact]
    public void A_paragraph_is_a_passage_and_its_heading_goes_with_it()
    {
        var passages = Split("# Birds\n\n## That run\n\nThe ostrich cannot fly.\n\nPenguins swim.\n", mediaType: MediaType.Markdown);
        Assert.Equal(
            [("# Birds\n\n## That run", "The ostrich cannot fly.", 5), ("", "Penguins swim.", 7)],
            passages.Select(p => (p.Heading, p.Text, p.Line)));
    }

    [Theory]
    [InlineData("Tea.\n# End\n", MediaType.Markdown)]
    [InlineData("Tea.\n\nEnd\n===\n", MediaType.PlainText)]
    public void A_heading_with_nothing_below_goes_with_what_is_above(string text, string mediaType) =>
        Assert.Equal([text.Trim()], Split(text, mediaType: mediaType).Select(p => p.Text));

    [Fact]
    public void A_document_of_headings_alone_is_a_passage() =>
        Assert.Equal(["# One\n## Two"], Split("# One\n## Two\n", mediaType: MediaType.Markdown).Select(p => p.Text));

    public static TheoryData<string> Titled => new(
        "Birds",
        "Birds\n=====",
        "=====\nBirds\n=====",
        "BIRDS OF THE SEA.",
        "Chapter IV.",
        "1. Birds",
        "\u201CBirds\u201D",
        "Book\n\nBirds",
        "**Birds**");

    [Theory]
    [MemberData(nameof(Titled))]
    public void A_title_never_stands_alone_above_a_paragraph_however_long(string title)
    {
        foreach (var sentences in new[] { 1, 2, 40 })
        {
            var below = string.Concat(Enumerable.Repeat("The ostrich cannot fly. ", sentences)).Trim();
            var passages = Split($"First one is said.\n\n{title}\n\n{below}\n", 48);
            Assert.Equal(
                (title.ReplaceLineEndings("\n"), true),
                (passages[1].Heading, passages[1].Text.StartsWith("The ostrich", StringComparison.Ordinal)));
            Assert.All(passages.Skip(1), passage => Assert.StartsWith("The ostrich", passage.Text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Example\n\n```\nx = 1\n```\n", "Example", "```\nx = 1\n```")]
    [InlineData("# Prices\n\n| what | cost |\n|---|---|\n| tea | 3 |\n", "# Prices", "what: tea\ncost: 3")]
    public void A_title_goes_with_code_and_tables_too(string text, string heading, string below) =>
        Assert.Equal([(heading, below)], Split(text, mediaType: MediaType.Markdown).Select(p => (p.Heading, p.Text)));

    [Fact]
    public void Many_short_lines_are_no_titles_of_what_is_below() =>
        Assert.Equal(["tea\n\nice\n\nsea", "The end."], Split("tea\n\nice\n\nsea\n\nair\n\nThe end.\n").Select(p => p.Text));

    [Fact]
    public void A_title_in_plain_text_goes_with_the_paragraph_below() =>
        Assert.Equal([("Birds", "The ostrich cannot fly.")], Split("Birds\n\nThe ostrich cannot fly.\n").Select(p => (p.Heading, p.Text)));

    [Fact]
    public void Short_lines_join() =>
        Assert.Equal(["- tea\n- ice\n\n- sea", "The end."], Split("- tea\n- ice\n\n- sea\n\nThe end.\n").Select(p => p.Text));

    [Fact]
    public void A_long_paragraph_is_cut_between_sentences_into_even_parts()
    {
        var sentence = "One two three four one two three four. ";
        var passages = Split(string.Concat(Enumerable.Repeat(sentence, 4)), 32);
        Assert.Equal(2, passages.Count);
        Assert.All(passages, p => Assert.Equal((sentence + sentence).Trim(), p.Text));
    }

    [Fact]
    public void Chinese_without_spaces_is_cut_behind_its_full_stops()
    {
        var passages = Split("鸵鸟不会飞但是跑得快。企鹅会游泳。海水是咸的。天空是蓝色的。", 16);
        Assert.All(passages, p => Assert.EndsWith("。", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Graphemes_are_not_torn_unless_one_alone_is_too_long()
    {
        var family = "👨‍👩‍👧‍👦";
        Assert.All(Split(string.Concat(Enumerable.Repeat(family, 400)), 8), p => Assert.Equal(0, p.Text.Length % family.Length));
        var endless = "a" + new string('\u0301', 5000);
        Assert.Equal(endless, string.Concat(Split(endless, 8).Select(p => p.Text)));
    }

    [Fact]
    public void Rows_are_never_joined_and_their_parts_keep_the_place_of_the_row()
    {
        var text = "q\na\n" + string.Concat(Enumerable.Repeat("one two three four ", 20)) + "\n";
        var passages = Split(text, 16, MediaType.Tsv);
        Assert.Equal((2, 2, 3), (passages[0].Start, passages[0].Line, passages[0].End));
        Assert.True(passages.Count > 4);
        Assert.All(passages.Skip(1), p => Assert.Equal((4, 3, text.Length - 1), (p.Start, p.Line, p.End)));
    }

    [Fact]
    public void Offsets_in_a_web_page_point_into_the_file()
    {
        var html = "<h1>Birds</h1>\r\n<p>"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"Sentence &amp; number\r\n {i} is <b>here</b>. ")) + "</p>";
        var passages = Split(html, 32, MediaType.Html);
        Assert.True(passages.Count > 3);
        Assert.Equal("Birds", passages[0].Heading);
        Assert.All(passages, p =>
        {
            Assert.StartsWith("Sentence", html[p.Start..], StringComparison.Ordinal);
            Assert.Equal(LineOf(html, p.Start), p.Line);
            Assert.EndsWith("here</b>.", html[..p.End], StringComparison.Ordinal);
            Assert.StartsWith("Sentence & number", p.Text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("a")]
    [InlineData("中")]
    [InlineData(".")]
    [InlineData(". ")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("a\u0301")]
    [InlineData("a\n\n")]
    [InlineData("# \n")]
    [InlineData("a. b ")]
    public void Ten_times_the_text_is_about_ten_times_the_work(string unit)
    {
        // Quadratic work on a million characters would not end while anybody waits.
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var passages = Split(text, 128, MediaType.Markdown);
        Assert.Equal(Letters(text).Length, passages.Sum(p => Letters(p.Heading + p.Text).Length));
    }

    // Lines of punctuation alone, such as those between sections, are no text.
    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static int LineOf(string text, int offset) =>
        text[..offset].Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\n' or '\r') + 1;

    private static string RandomText(int seed)
    {
        var random = new Random(seed);
        string[] pieces =
        [
            "word", "one", "two", "the ostrich", "cannot fly", ". ", ". ", "! ", "? ", " ", " ",
            " ", ", ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "# ", "## title\n", "- ",
            "中文", "鸟。", "e\u0301", "👍🏽", "👨‍👩‍👧", "Mr. ", "3.14",
            "averyveryverylongwordthatnobodyknows", "\t", "\u00A0", "```\n", "===\n", "(", ")", "\"",
        ];
        var text = new StringBuilder();
        while (text.Length < 60 * (seed + 1))
        {
            text.Append(pieces[random.Next(pieces.Length)]);
            if (random.Next(3) > 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }
}
