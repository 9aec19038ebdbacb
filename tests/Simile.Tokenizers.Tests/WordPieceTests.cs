namespace Simile.Tokenizers.Tests;

public class WordPieceTests
{
    [Theory]
    [InlineData("The cats sat, unwanted!", "the cat ##s sat , un ##want ##ed !")]
    [InlineData("  Café\u0301 CAFE\u0301\t", "cafe cafe")]
    [InlineData("你好cat", "你 好 cat")]
    [InlineData("zebra [MASK]cat", "[UNK]  [MASK] cat")]
    [InlineData("a\u0000b a\u200db", "a ##b a ##b")]
    [InlineData("don't", "don ' t")]
    [InlineData("abc abcd", "a ##bc [UNK]")]
    [InlineData("İ", "i")]
    public void Text_is_cut_into_the_longest_pieces(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Small.Bert().Encode(text, addSpecialTokens: false).Tokens));

    [Fact]
    public void Offsets_point_at_the_original_text()
    {
        const string Text = "  Cafés 你 \ud83d\ude00 [MASK].";
        var encoding = Small.Bert().Encode(Text);
        Assert.Equal(["", "Café", "s", "你", "\ud83d\ude00", " [MASK]", ".", ""], encoding.Offsets.Select(o => Text[o.Start..o.End]));
        Assert.Equal([-1, 0, 0, 0, 0, 0, 0, -1], encoding.Sequences);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 1], encoding.SpecialTokensMask);
    }

    [Fact]
    public void A_pair_stands_between_special_tokens()
    {
        var encoding = Small.Bert().Encode("the cat", "sat");
        Assert.Equal(["[CLS]", "the", "cat", "[SEP]", "sat", "[SEP]"], encoding.Tokens);
        Assert.Equal([0, 0, 0, 0, 1, 1], encoding.TypeIds);
        Assert.Equal((0, 3), encoding.Offsets[4]);
    }

    [Fact]
    public void Words_beyond_the_limit_are_unknown()
    {
        var tokenizer = Small.Bert();
        Assert.Equal(100, tokenizer.CountTokens("a" + new string('b', 99), addSpecialTokens: false));
        Assert.Equal(1, tokenizer.CountTokens("a" + new string('b', 100), addSpecialTokens: false));
    }

    [Fact]
    public void Ids_decode_to_mended_text()
    {
        var tokenizer = Small.Bert();
        Assert.Equal("the cats sat, unwanted!", tokenizer.Decode(tokenizer.Encode("The cats sat, unwanted!").Ids));
        Assert.Equal("[CLS] cat [SEP]", tokenizer.Decode([2, 6, 3, 999, -1], skipSpecialTokens: false));
    }

    [Fact]
    public void The_fast_way_gives_what_the_long_way_gives()
    {
        var (fast, slow) = (Small.Bert(), Small.Bert());
        Assert.NotNull(fast.Pipeline.Scanner);
        slow.Pipeline.Scanner = null;
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var text = Small.RandomText(random, random.Next(40));
            var (a, b) = (fast.Encode(text), slow.Encode(text));
            Assert.Equal(b.Ids, a.Ids);
            Assert.Equal(b.Offsets, a.Offsets);
            Assert.Equal(b.Tokens, a.Tokens);
        }
    }

    [Fact]
    public void Any_text_has_ascending_offsets_and_the_same_ids_without_them()
    {
        var tokenizer = Small.Bert();
        var random = new Random(2);
        for (var i = 0; i < 2000; i++)
        {
            var text = Small.RandomText(random, random.Next(60));
            var encoding = tokenizer.Encode(text, addSpecialTokens: false);
            var end = 0;
            foreach (var offset in encoding.Offsets)
            {
                Assert.InRange(offset.Start, end, text.Length);
                Assert.InRange(offset.End, offset.Start + 1, text.Length);
                end = offset.End;
            }

            var ids = new List<int>();
            tokenizer.EncodeIds(text, ids, addSpecialTokens: false);
            Assert.Equal(encoding.Ids, ids);
            Assert.Equal(ids.Count, tokenizer.CountTokens(text, addSpecialTokens: false));
        }
    }

    [Fact]
    public void Ids_allocate_nothing_after_warm_up()
    {
        var tokenizer = Small.Bert();
        Assert.Equal(0, Small.AllocatedWhenWarm(tokenizer, "the cat sat, unwanted abcabcabcabcabcabc! Café 你好"));
    }

    [Fact]
    public void A_vocabulary_file_gives_the_same_tokens()
    {
        var json = Small.Bert();
        var lines = Enumerable.Range(0, json.VocabularySize).Select(id => json.IdToToken(id)!);
        var text = Small.LoadFile("vocab.txt", System.Text.Encoding.UTF8.GetBytes(string.Join("\n", lines)));
        Assert.Equal(json.Encode("The [MASK] sat, Café!").Ids, text.Encode("The [MASK] sat, Café!").Ids);
    }

    [Fact]
    public void Special_tokens_are_those_that_the_file_puts_around()
    {
        var special = Small.Bert(
            """{"post_processor":{"type":"BertProcessing","sep":["b",18],"cls":["a",17]}"""
            + ""","padding":{"strategy":"BatchLongest","pad_id":19}}""").Special;
        Assert.Equal((17, 18, 19), (special.Begin, special.End, special.Padding));
    }

    [Fact]
    public void Special_tokens_are_known_by_their_role()
    {
        var special = Small.Bert().Special;
        Assert.Equal((0, 1, 2, 3, 4), (special.Padding, special.Unknown, special.Begin, special.End, special.Mask));
    }
}
