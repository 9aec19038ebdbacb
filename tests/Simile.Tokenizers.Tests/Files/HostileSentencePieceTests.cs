namespace Simile.Tokenizers.Tests.Files;

public class HostileSentencePieceTests
{
    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "cut off", Small.UnigramModel(("a", -1, 1))[..^3] },
        { "empty", Small.UnigramModel(("", -1, 1)) },
        { "not a number", Small.UnigramModel(("a", float.NaN, 1)) },
        { "not a number", Small.UnigramModel(("a", float.PositiveInfinity, 1)) },
        { "more than one piece of the type unknown", Small.UnigramModel(("a", -1, 2)) },
        { "unknown type 9", Small.UnigramModel(("a", -1, 9)) },
        { "unknown type 7", Small.SentencePieceModel(7, false, false, ("a", -1, 1)) },
        { "no pieces", [] },
        { "cut off", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07] },
        { "cut off", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01] },
        { "<0x00>", [.. Small.UnigramModel(("a", -1, 1)), 0x12, 3, 0x98, 0x02, 1] },
        { "damaged", [.. Small.UnigramModel(("a", -1, 1)), 0x1A, 8, 0x12, 6, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_model_is_refused_in_a_sentence(string part, byte[] model)
    {
        var e = Assert.Throws<InvalidDataException>(() => Small.LoadFile("tokenizer.model", model));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Long_texts_without_a_space_take_linear_time(int type)
    {
        var tokenizer = Tokenizer.LoadSentencePiece(Small.SentencePieceModel(
            type, bytes: false, keepsSpaces: true, ("▁", -2, 1), ("a", -2, 1), ("aa", -3, 1), ("aaaa", -4, 1), ("\u0301", -3, 1)));
        foreach (var text in (string[])[new('a', 1_000_000), new('\u0301', 1_000_000), new(' ', 1_000_000), new('z', 1_000_000)])
        {
            Assert.InRange(tokenizer.CountTokens(text, addSpecialTokens: false), 1, text.Length + 1);
            var offsets = new List<(int Start, int End)>();
            tokenizer.EncodeOffsets(text, offsets);
            Assert.Equal(text.Length, offsets[^1].End);
        }
    }

    [Theory]
    [InlineData("""{"type":"Unigram","unk_id":0,"vocab":[["a",-1],["b"]]}""")]
    [InlineData("""{"type":"Unigram","unk_id":2,"vocab":[["a",-1],["b",-2]]}""")]
    [InlineData("""{"type":"Unigram","unk_id":-1,"vocab":[["a",-1]]}""")]
    [InlineData("""{"type":"Unigram","unk_id":0,"vocab":[["a",1e999]]}""")]
    [InlineData("""{"type":"Unigram","unk_id":0,"vocab":[["a","b"]]}""")]
    [InlineData("""{"type":"Unigram","unk_id":0,"vocab":{"a":1}}""")]
    [InlineData("""{"type":"Unigram","unk_id":0,"vocab":[[7,-1]]}""")]
    public void A_damaged_unigram_is_refused_in_a_sentence(string model)
    {
        var e = Assert.Throws<InvalidDataException>(() => Small.Bert($$"""{"model":{{model}}}"""));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"}}""")]
    [InlineData("""{"normalizer":{"type":"Precompiled","precompiled_charsmap":"no base64"}}""")]
    [InlineData("""{"normalizer":{"type":"Precompiled","precompiled_charsmap":7}}""")]
    [InlineData("""{"pre_tokenizer":{"type":"Metaspace","replacement":"ab"}}""")]
    [InlineData("""{"pre_tokenizer":{"type":"Metaspace","prepend_scheme":"sometimes"}}""")]
    public void A_damaged_component_is_refused_in_a_sentence(string changes)
    {
        var e = Assert.Throws<InvalidDataException>(() => Small.Bert(changes));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[["a"]]""")]
    [InlineData("""["a", 1]""")]
    public void A_damaged_list_of_pieces_is_refused_in_a_sentence(string json) =>
        Assert.Throws<InvalidDataException>(() => Small.LoadFile("vocab.json", System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Mutated_models_of_every_type_never_throw_anything_else()
    {
        var random = new Random(12);
        for (var i = 0; i < 800; i++)
        {
            var whole = Small.SentencePieceModel(
                1 + (i % 4), false, i % 3 == 0, ("▁", -1, 1), ("▁a", -1f, 1), ("b", -2f, 1), ("ab", -2f, 1), ("cd", 0f, 4), ("bb", -1f, 5));
            whole[random.Next(whole.Length)] = (byte)random.Next(256);
            whole[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                var tokenizer = Tokenizer.LoadSentencePiece(whole);
                tokenizer.Decode(tokenizer.Encode("a abbcd é \ud83d\ude00 \ud800  ab▁").Ids);
                tokenizer.CountTokens("a abbcd é ab");
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }
}
