using Simile.Documents;

namespace Simile.Tests.Documents;

public class ReaderTests
{
    private static Block[] Read(string text, string mediaType) => [.. Document.Read(text, mediaType).Blocks];

    private static string[] Texts(string text, string mediaType) => [.. Read(text, mediaType).Select(block => block.Text.ToString())];

    [Fact]
    public void Paragraphs_stand_between_empty_lines_of_any_kind() =>
        Assert.Equal(["one word\r\ntwo", "three", "four"], Texts("\r\n one word\r\ntwo \r\n \t\r\nthree\r\rfour\n", MediaType.PlainText));

    [Fact]
    public void Lines_that_each_end_a_sentence_are_paragraphs_of_their_own() =>
        Assert.Equal(
            ["Tea is hot.", "Ice is cold!", "Snow is white"], Texts("Tea is hot.\nIce is cold!\nSnow is white\n", MediaType.PlainText));

    [Fact]
    public void Lines_that_were_not_wrapped_are_paragraphs_of_their_own() =>
        Assert.Equal(3, Read("a pink shirt\na man riding a brown horse\na top\n", MediaType.PlainText).Length);

    [Fact]
    public void Wrapped_lines_stay_together() =>
        Assert.Single(Read(
            "This is a paragraph that somebody wrapped.\nAt about forty columns, as one did in the\ndays of terminals. It ends here.\n",
            MediaType.PlainText));

    [Fact]
    public void Markdown_headings_are_seen_but_not_in_code()
    {
        var blocks = Read("# One\ntext below\n\nTwo\n===\n\n```sh\n# comment\n```\n#nospace\n", MediaType.Markdown);
        Assert.Equal(
            [(BlockKind.Heading, "# One"), (BlockKind.Prose, "text below"), (BlockKind.Heading, "Two\n===")],
            blocks.Take(3).Select(b => (b.Kind, b.Text.ToString())));
        Assert.DoesNotContain(blocks.Skip(3), block => block.Kind == BlockKind.Heading);
        Assert.DoesNotContain(Read("# One\n", MediaType.PlainText), block => block.Kind == BlockKind.Heading);
    }

    [Fact]
    public void Of_a_web_page_the_visible_text_is_read_with_its_places()
    {
        const string Html = """
            <!doctype html><html><head><title>unseen</title><style>p { color: red }</style>
            <script>if (a < b) document.write("<p>no</p>")</script></head>
            <body><h1>Birds &amp; <i>bees</i></h1><!-- not this -->
            <p>Pen&shy;guins   cannot
               fly &#8212; never&hellip;<br>But   swim.</p><div hidden>not <div>this</div> either</div>
            <template><p>no</p></template><ul><li>one<li>two</ul><pre>a
              b</pre><p>AT&T &unknown; 3 < 4</p></body></html>
            """;
        var blocks = Read(Html, MediaType.Html);
        Assert.Equal(
            ["Birds & bees", "Pen\u00ADguins cannot fly — never…\nBut swim.", "one", "two", "a\n  b", "AT&T &unknown; 3 < 4"],
            blocks.Select(b => b.Text.ToString().ReplaceLineEndings("\n")));
        Assert.Equal(BlockKind.Heading, blocks[0].Kind);
        Assert.Equal("Birds &amp; <i>bees", Html[blocks[0].Start..blocks[0].End]);
        Assert.StartsWith("Pen&shy;guins", Html[blocks[1].Start..blocks[1].End], StringComparison.Ordinal);
        Assert.EndsWith("But   swim.", Html[blocks[1].Start..blocks[1].End], StringComparison.Ordinal);
        foreach (var block in blocks)
        {
            var words = block.Text.ToString().Split(' ', '\n').Where(w => w.All(char.IsAsciiLetter) && w.Length > 0);
            Assert.All(words, word =>
            {
                var at = block.Text.ToString().IndexOf(word, StringComparison.Ordinal);
                var (start, end) = block.Locate(at, at + word.Length);
                Assert.Equal(word, Html[start..end]);
            });
        }
    }

    [Theory]
    [InlineData("<p>one")]
    [InlineData("one</p></p></div>")]
    [InlineData("<p hidden>gone</p>one<script>")]
    [InlineData("<svg><title>x</title><text>y</text></svg>one<style>a")]
    [InlineData("one<div hidden><p>never closed")]
    [InlineData("<textarea><b></textarea>one")]
    [InlineData("one<")]
    [InlineData("one<!--")]
    public void Broken_pages_are_read_as_far_as_they_go(string html) =>
        Assert.StartsWith("one", Assert.Single(Texts(html, MediaType.Html)), StringComparison.Ordinal);

    [Fact]
    public void A_row_of_a_csv_file_is_a_block_at_its_line()
    {
        const string Csv = "name;note\r\n\"Ann, a\";\"first\r\nsecond \"\"quoted\"\"\"\r\n\r\nÄnne;\r\n😀;last";
        var blocks = Read(Csv, MediaType.Csv);
        Assert.Equal(
            ["name: Ann, a\nnote: first\r\nsecond \"quoted\"", "name: Änne", "name: 😀\nnote: last"],
            blocks.Select(b => b.Text.ToString()));
        var lines = new LineCounter(Csv);
        Assert.Equal([2, 5, 6], blocks.Select(b => lines.LineOf(b.Start)));
        Assert.Equal(["\"Ann, a\";\"first\r\nsecond \"\"quoted\"\"\"", "Änne;", "😀;last"], blocks.Select(b => Csv[b.Start..b.End]));
    }

    [Fact]
    public void A_csv_file_with_an_open_quote_is_read_all_the_same() =>
        Assert.Contains("rest", Texts("a,b\n1,\"rest\nof it\n2,3\n", MediaType.Csv)[0], StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_quoted_in_tab_separated_values() =>
        Assert.Equal(["a: \"1\nb: x", "a: 2"], Texts("a\tb\n\"1\tx\n2\t\n", MediaType.Tsv));

    [Fact]
    public void A_line_of_json_is_a_row_and_what_is_no_json_stays()
    {
        var texts = Texts(
            "{\"title\":\"Tea\",\"more\":{\"tags\":[\"hot\",2],\"none\":null}}\n\n\"just text\"\n{broken\n[]\n", MediaType.JsonLines);
        Assert.Equal(["title: Tea\nmore.tags: hot\nmore.tags: 2", "just text", "{broken"], texts);
    }

    [Fact]
    public void Json_nested_without_end_stays_as_it_is()
    {
        var deep = new string('[', 100_000);
        Assert.Equal([deep], Texts(deep, MediaType.JsonLines));
    }

    [Fact]
    public void Blocks_of_code_stand_between_empty_lines() =>
        Assert.Equal(["int a;\n    int b;", "int c;"], Texts("int a;\n    int b;\n\n   \n\nint c;\n", MediaType.SourceCode));

    [Theory]
    [InlineData("a/b.MD", MediaType.Markdown)]
    [InlineData("x.htm", MediaType.Html)]
    [InlineData("x.xhtml", MediaType.Xhtml)]
    [InlineData("Program.cs", MediaType.SourceCode)]
    [InlineData("README", MediaType.PlainText)]
    [InlineData("x.unknown", MediaType.PlainText)]
    public void The_extension_tells_the_media_type(string path, string expected) => Assert.Equal(expected, MediaType.Of(path));

    [Fact]
    public void Lines_end_with_LF_CRLF_or_CR()
    {
        const string Text = "a\nb\r\nc\rd\n\r\ne";
        var lines = new LineCounter(Text);
        Assert.Equal([1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6], Enumerable.Range(0, Text.Length).Select(lines.LineOf));
    }
}
