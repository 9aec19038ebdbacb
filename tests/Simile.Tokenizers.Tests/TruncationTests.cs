namespace Simile.Tokenizers.Tests;

public class TruncationTests
{
    private const string Text = "a b c a b";

    [Theory]
    [InlineData(Side.Right, "[CLS] a b c [SEP]", "[CLS] c a b [SEP]")]
    [InlineData(Side.Left, "[CLS] c a b [SEP]", "[CLS] a b c [SEP]")]
    public void What_is_cut_off_overflows_with_the_stride(Side side, string kept, string overflowing)
    {
        var encoding = Small.Bert().With(new Truncation(5) { Stride = 1, Direction = side }, null).Encode(Text);
        Assert.Equal(kept, string.Join(' ', encoding.Tokens));
        Assert.Equal(overflowing, string.Join(' ', Assert.Single(encoding.Overflowing).Tokens));
    }

    [Theory]
    [InlineData(TruncationStrategy.LongestFirst, "a b the cat")]
    [InlineData(TruncationStrategy.OnlyFirst, "a the cat sat")]
    [InlineData(TruncationStrategy.OnlySecond, "a b c the")]
    public void A_pair_is_cut_as_the_strategy_says(TruncationStrategy strategy, string kept)
    {
        var encoding = Small.Bert().With(new Truncation(4) { Strategy = strategy }, null)
            .Encode("a b c", "the cat sat", addSpecialTokens: false);
        Assert.Equal(kept, string.Join(' ', encoding.Tokens));
    }

    [Fact]
    public void What_cannot_be_cut_is_refused()
    {
        var tokenizer = Small.Bert();
        Assert.Throws<ArgumentException>(() => tokenizer.With(new Truncation(4) { Stride = 3 }, null));
        Assert.Throws<ArgumentException>(() => tokenizer.With(new Truncation(-1), null));
        Assert.Throws<ArgumentException>(
            () => tokenizer.With(new Truncation(4) { Strategy = TruncationStrategy.OnlySecond }, null).Encode(Text));
        Assert.Throws<ArgumentException>(
            () => tokenizer.With(new Truncation(4) { Stride = 2 }, null).EncodeBatch([.. Enumerable.Repeat(Text, 100)]));
    }

    [Theory]
    [InlineData(Side.Right)]
    [InlineData(Side.Left)]
    public void Ids_alone_are_cut_like_encodings(Side side)
    {
        for (var length = 2; length < 9; length++)
        {
            var tokenizer = Small.Bert().With(new Truncation(length) { Direction = side }, null);
            var ids = new List<int> { 7 };
            tokenizer.EncodeIds(Text, ids);
            Assert.Equal(tokenizer.Encode(Text).Ids.Prepend(7), ids);
        }
    }

    [Fact]
    public void A_batch_is_filled_to_its_longest_or_to_a_multiple()
    {
        var padding = new Padding { Id = 0, Direction = Side.Left };
        var batch = Small.Bert().With(null, padding).EncodeBatch([Text, "a"]);
        Assert.All(batch, encoding => Assert.Equal(7, encoding.Ids.Length));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], batch[1].AttentionMask);
        Assert.Equal(8, Small.Bert().With(null, padding with { MultipleOf = 8 }).Encode("a").Ids.Length);
    }

    [Fact]
    public void The_files_own_truncation_and_padding_wait_until_they_are_taken()
    {
        var tokenizer = Small.Bert("""
            {"truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0},
             "padding":{"strategy":{"Fixed":6},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,
              "pad_token":"[PAD]"}}
            """);
        Assert.Equal(7, tokenizer.Encode(Text).Ids.Length);
        Assert.Equal([2, 17, 18, 3, 0, 0], tokenizer.With(tokenizer.EmbeddedTruncation, tokenizer.EmbeddedPadding).Encode(Text).Ids);
    }
}
