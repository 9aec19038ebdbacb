using System.Text.Json;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Tests.PreTokenizers;

public class SplitTests
{
    [Theory]
    [InlineData("Removed", "the|final|countdown")]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", "the|-final|-|-countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void Each_behavior_does_its_own_with_what_is_found(string behavior, string expected)
    {
        const string Text = "the-final--countdown";
        Assert.Equal(expected, Split($$$"""{"type":"Split","pattern":{"String":"-"},"behavior":"{{{behavior}}}","invert":false}""", Text));
        Assert.Equal(expected, Split($$$"""{"type":"Split","pattern":{"Regex":"-"},"behavior":"{{{behavior}}}","invert":false}""", Text));
        Assert.Equal(expected, Split($$"""{"type":"Punctuation","behavior":"{{behavior}}"}""", Text));
    }

    [Theory]
    [InlineData("""{"type":"Digits","individual_digits":true}""", "ab12½c", "ab|1|2|½|c")]
    [InlineData("""{"type":"Digits","individual_digits":false}""", "ab12½c", "ab|12½|c")]
    [InlineData("""{"type":"Digits"}""", "12", "12")]
    [InlineData("""{"type":"Punctuation"}""", "a..$b", "a|.|.|$|b")]
    [InlineData("""{"type":"FixedLength","length":2}""", "a😀bcd", "a😀|bc|d")]
    [InlineData("""{"type":"FixedLength"}""", "abcdefg", "abcde|fg")]
    [InlineData("""{"type":"UnicodeScripts"}""", "  どこでー生れ。Yes 1", "どこでー生れ|。|Yes |1")]
    [InlineData("""{"type":"UnicodeScripts"}""", "   ", "")]
    [InlineData("""{"type":"Split","pattern":{"String":""},"behavior":"Isolated","invert":false}""", "a😀b", "a|😀|b")]
    [InlineData("""{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Removed","invert":true}""", "a b, c", "a|b|c")]
    public void Cuts_as_the_reference_does(string component, string text, string expected) =>
        Assert.Equal(expected, Split(component, text));

    [Theory]
    [InlineData("""{"type":"Split","pattern":"a","behavior":"Isolated"}""")]
    [InlineData("""{"type":"Split","pattern":{},"behavior":"Isolated"}""")]
    [InlineData("""{"type":"Split","pattern":{"Regex":"("},"behavior":"Isolated"}""")]
    [InlineData("""{"type":"Split","pattern":{"String":"a"},"behavior":"Kept"}""")]
    [InlineData("""{"type":"Split","pattern":{"String":"a"},"behavior":1}""")]
    [InlineData("""{"type":"FixedLength","length":0}""")]
    [InlineData("""{"type":"FixedLength","length":-1}""")]
    [InlineData("""{"type":"Digits","individual_digits":"yes"}""")]
    public void A_component_that_is_not_right_is_refused_in_a_sentence(string component) =>
        Assert.StartsWith("here", Assert.Throws<InvalidDataException>(() => Split(component, "a")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"Replace","pattern":{"String":"a"},"content":"bb"}""", "aca", "bbcbb")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"x*"},"content":"-"}""", "axb", "-a-b-")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"^\\s+|\\s+$"},"content":""}""", "  a b \n", "a b")]
    [InlineData("""{"type":"Replace","pattern":{"String":""},"content":"-"}""", "", "")]
    public void Replace_puts_its_content_at_every_match(string component, string text, string expected) =>
        Assert.Equal(expected, TokenizerJson.ReadNormalizer(Read(component)).Normalize(text));

    [Fact]
    public void What_replace_puts_has_the_place_of_the_last_character_that_went()
    {
        var text = new AlignedText();
        text.Load("xab", 0, tracks: true);
        TokenizerJson.ReadNormalizer(Read("""{"type":"Replace","pattern":{"String":"ab"},"content":"12"}""")).Normalize(text);
        Assert.Equal("x12", text.Chars.ToString());
        Assert.Equal([(0, 1), (2, 3), (2, 3)], Enumerable.Range(0, 3).Select(i => (text.Start(i), text.End(i))));
    }

    [Fact]
    public void Replace_refuses_to_make_a_text_of_any_length()
    {
        var one = $$$"""{"type":"Replace","pattern":{"String":""},"content":"{{{new string('b', 200)}}}"}""";
        var replace = TokenizerJson.ReadNormalizer(Read($$"""{"type":"Sequence","normalizers":[{{one}},{{one}}]}"""));
        Assert.Throws<InvalidDataException>(() => replace.Normalize(new string('a', 1000)));
    }

    [Fact]
    public void Cutting_allocates_nothing_after_the_first_time()
    {
        var component =
            Read("""{"type":"Split","pattern":{"Regex":"'s|\\p{L}+(?!\\d)|\\s+$|(?>.)"},"behavior":"Isolated","invert":false}""");
        var split = TokenizerJson.ReadPreTokenizers(component).Single();
        var work = new Workspace();
        var text = string.Concat(Enumerable.Repeat("it's a long text1 ", 100));
        for (var i = 0; i < 3; i++)
        {
            Run();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            work.Text.Load(text, 0, tracks: false);
            work.Pieces.Clear();
            work.Pieces.Add((0, text.Length));
            split.Split(work.Text, work);
        }
    }

    private static JsonField Read(string component) => new(JsonElement.Parse(component), "here");

    private static string Split(string component, string text)
    {
        var work = new Workspace();
        work.Text.Load(text, 0, tracks: true);
        work.Pieces.Add((0, text.Length));
        foreach (var preTokenizer in TokenizerJson.ReadPreTokenizers(Read(component)))
        {
            preTokenizer.Split(work.Text, work);
        }

        return string.Join('|', work.Pieces.Select(p => text[p.Start..p.End]));
    }
}
