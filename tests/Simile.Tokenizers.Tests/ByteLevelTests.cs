namespace Simile.Tokenizers.Tests;

public class ByteLevelTests
{
    private const string Clip = """
        {
            "normalizer":{"type":"Sequence","normalizers":[
                {"type":"NFC"},{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Lowercase"}]},
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[
                {"type":"Split",
                    "pattern":{"Regex":"<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},
                    "behavior":"Removed","invert":true},
                {"type":"ByteLevel","add_prefix_space":false,"use_regex":true}]}
        }
        """;

    [Theory]
    [InlineData("the cat", "the Ġc a t")]
    [InlineData("abc  12\n", "abc Ġ Ġ 12 Ċ")]
    [InlineData("a <mask> the", "a  <mask> Ġthe")]
    [InlineData("é你", "Ã© ä½ł")]
    public void Text_is_joined_in_the_order_of_the_merges(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Small.ByteLevel().Encode(text).Tokens));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":true}}""")]
    [InlineData("""{"normalizer":{"type":"NFC"}}""")]
    [InlineData("""{"normalizer":{"type":"Lowercase"}}""")]
    [InlineData(
        """{"added_tokens":[{"id":300,"content":"é","normalized":true},{"id":301,"content":"<mask>","special":true,"rstrip":true}]"""
        + ""","normalizer":{"type":"NFC"}}""")]
    [InlineData("""{"post_processor":{"type":"ByteLevel","trim_offsets":true,"add_prefix_space":true}}""")]
    [InlineData(
        """{"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(?i:'s|'t|'re|'ve|'m|'ll|'d)|"""
        + """[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"}"""
        + ""","behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]}}""")]
    [InlineData(Clip, "</w>")]
    public void The_fast_way_gives_what_the_long_way_gives(string changes, string suffix = "")
    {
        var (fast, slow) = (Small.ByteLevel(changes, suffix), Small.ByteLevel(changes, suffix));
        Assert.NotNull(fast.Pipeline.Scanner);
        slow.Pipeline.Scanner = null;
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = Small.RandomText(random, random.Next(60))
                .Replace("[MASK]", i % 9 == 0 ? "<|startoftext|>'S" : "<mask>", StringComparison.Ordinal);
            var (a, b) = (fast.Encode(text), slow.Encode(text));
            Assert.Equal(b.Ids, a.Ids);
            Assert.Equal(b.Offsets, a.Offsets);
            Assert.Equal(b.Tokens, a.Tokens);
            var ids = new List<int>();
            fast.EncodeIds(text, ids);
            Assert.Equal(b.Ids, ids);
        }
    }

    [Fact]
    public void Words_of_any_length_are_the_same_when_they_come_again()
    {
        var (fast, slow) = (Small.ByteLevel(), Small.ByteLevel());
        slow.Pipeline.Scanner = null;
        var random = new Random(7);
        string[] words = [.. Enumerable.Range(1, 140)
            .Select(length => string.Concat(Enumerable.Range(0, length).Select(_ => "aabcthé你"[random.Next(8)])))];
        for (var i = 0; i < 1000; i++)
        {
            var text = words[random.Next(words.Length)] + " " + words[random.Next(words.Length)];
            var (a, b) = (fast.Encode(text), slow.Encode(text));
            Assert.Equal(b.Ids, a.Ids);
            Assert.Equal(b.Offsets, a.Offsets);
        }
    }

    [Fact]
    public void All_bytes_of_a_character_have_its_place()
    {
        var encoding = Small.ByteLevel().Encode("a\ud83d\ude00b");
        Assert.Equal([(0, 1), (1, 3), (1, 3), (1, 3), (1, 3), (3, 4)], encoding.Offsets);
    }

    [Fact]
    public void Trimmed_offsets_leave_white_space_out()
    {
        var encoding = Small.ByteLevel("""{"post_processor":{"type":"ByteLevel","trim_offsets":true,"add_prefix_space":false}}""")
            .Encode("the the \ud83d\ude00 <mask>");
        Assert.Equal([(0, 3), (4, 7)], encoding.Offsets[..2]);
        Assert.Equal((11, 17), encoding.Offsets[^1]);
    }

    [Fact]
    public void Bytes_come_back_as_they_were()
    {
        var tokenizer = Small.ByteLevel();
        var text = "the é你<mask>\ud83d\ude00";
        var ids = tokenizer.Encode(text).Ids;
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(text), tokenizer.DecodeBytes(ids));
        Assert.Equal([0xC3], tokenizer.DecodeBytes([tokenizer.TokenToId("Ã")!.Value]));
        Assert.Throws<ArgumentException>(() => tokenizer.DecodeBytes([9999]));
        Assert.Throws<NotSupportedException>(() => Small.Bert().DecodeBytes([1]));
    }

    [Fact]
    public void Special_tokens_are_ids_or_text_or_refused_as_the_policy_says()
    {
        var tokenizer = Small.ByteLevel();
        var mask = tokenizer.TokenToId("<mask>")!.Value;
        Assert.Contains(mask, tokenizer.Encode("a<mask>").Ids);
        Assert.DoesNotContain(mask, tokenizer.With(SpecialTokenPolicy.AsText).Encode("a<mask>").Ids);
        var e = Assert.Throws<ArgumentException>(() => tokenizer.With(SpecialTokenPolicy.RefuseAll).CountTokens("a<mask>"));
        Assert.Contains("<mask>", e.Message, StringComparison.Ordinal);
        Assert.Contains(mask, tokenizer.With(SpecialTokenPolicy.RefuseAll with { Allowed = ["<mask>"] }).Encode("a<mask>").Ids);
        Assert.Throws<ArgumentException>(() => tokenizer.With(SpecialTokenPolicy.AllowAll with { Refused = ["<mask>"] }).Encode("a<mask>"));
    }

    [Fact]
    public void Ids_allocate_nothing_after_warm_up()
    {
        var tokenizer = Small.ByteLevel();
        Assert.Equal(0, Small.AllocatedWhenWarm(
            tokenizer,
            "the cat sat,   unwanted abcabcabcabcabcabcabcabc! Café 你好 \ud83d\ude00 "
            + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    }
}
