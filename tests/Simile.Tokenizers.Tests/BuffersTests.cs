using System.Text.Json.Nodes;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Tests;

public class BuffersTests
{
    private const string Mixed = "the cat sat, unwanted abcabcabcabcabcabc! Café 你好 [MASK] zzz \ud83d\ude00  ab";

    public static TheoryData<string> Kinds => ["WordPiece", "Unigram", "byte-level BPE"];

    public static TheoryData<string, int?, TruncationStrategy, Side> Truncations => new(
        from kind in new[] { "WordPiece", "Unigram", "byte-level BPE" }
        from length in new int?[] { null, 0, 4, 7, 20 }
        from strategy in Enum.GetValues<TruncationStrategy>()
        from side in Enum.GetValues<Side>()
        where length is not null || (strategy == TruncationStrategy.LongestFirst && side == Side.Right)
        select (kind, length, strategy, side));

    [Theory]
    [MemberData(nameof(Truncations))]
    public void Spans_hold_what_an_encoding_holds(string kind, int? length, TruncationStrategy strategy, Side side)
    {
        var tokenizer = Load(kind)
            .With(length is null ? null : new Truncation(length.Value) { Strategy = strategy, Direction = side }, null);
        var random = new Random(8);
        for (var i = 0; i < 200; i++)
        {
            var (text, pair) =
                (Small.RandomText(random, random.Next(30)), random.Next(2) == 0 ? null : Small.RandomText(random, random.Next(30)));
            var special = random.Next(4) > 0;
            var expected = EncodeOrNull(() => tokenizer.Encode(text, pair, special));
            var actual = EncodeOrNull(() => EncodeWithSpans(tokenizer, text, pair, special, 200, out _));
            Assert.Equal(expected?.Ids, actual?.Ids);
            Assert.Equal(expected?.TypeIds, actual?.TypeIds);
            Assert.Equal(expected?.Sequences, actual?.Sequences);
            Assert.Equal(expected?.SpecialTokensMask, actual?.SpecialTokensMask);
            Assert.Equal(expected?.Offsets, actual?.Offsets);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Short_spans_hold_the_first_tokens_and_the_count_says_how_many_there_are(string kind)
    {
        var tokenizer = Load(kind);
        var whole = tokenizer.Encode(Mixed, "b");
        var part = EncodeWithSpans(tokenizer, Mixed, "b", special: true, room: 3, out var count);
        Assert.Equal(whole.Ids.Length, count);
        Assert.Equal(whole.Ids[..3], part.Ids);
        Assert.Equal(whole.Offsets[..3], part.Offsets);
        Assert.Equal(whole.Ids.Length, tokenizer.Encode(Mixed, "b", new EncodingSpans { Ids = [] }));
        Assert.Throws<ArgumentException>(() => tokenizer.Encode(Mixed, new EncodingSpans { Ids = new int[4], TypeIds = new int[3] }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_allocated_after_warm_up(string kind)
    {
        var tokenizer = Load(kind);
        var numbers = new int[4][];
        Array.Fill(numbers, new int[500]);
        var (offsets, list) = (new (int, int)[500], new List<int>(500));
        // Unoptimized code boxes keys of dictionaries: it takes a while until the JIT has come round.
        var allocated = long.MaxValue;
        for (var i = 0; i < 300_000 && allocated > 0; i++)
        {
            list.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var spans = new EncodingSpans
            {
                Ids = numbers[0],
                TypeIds = numbers[1],
                Sequences = numbers[2],
                SpecialTokensMask = numbers[3],
                Offsets = offsets,
            };
            tokenizer.Encode(Mixed, spans);
            tokenizer.Encode(Mixed, Mixed, spans);
            tokenizer.Encode(Mixed, Mixed, new EncodingSpans { Ids = numbers[0] });
            tokenizer.EncodeIds(Mixed, list);
            tokenizer.CountTokens(Mixed);
            tokenizer.Truncate(Mixed, 5);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_truncated_text_has_at_most_so_many_tokens_and_whole_characters(string kind)
    {
        var tokenizer = Load(kind);
        var random = new Random(9);
        for (var i = 0; i < 1000; i++)
        {
            var text = Small.RandomText(random, random.Next(40));
            var most = random.Next(12);
            var total = tokenizer.CountTokens(text, addSpecialTokens: false);
            foreach (var side in Enum.GetValues<Side>())
            {
                var part = tokenizer.Truncate(text, most, side).ToString();
                Assert.InRange(tokenizer.CountTokens(part, addSpecialTokens: false), 0, most);
                Assert.True(total > most || part == text);
                Assert.True(
                    side == Side.Right ? text.StartsWith(part, StringComparison.Ordinal) : text.EndsWith(part, StringComparison.Ordinal));
                var at = side == Side.Right ? part.Length : text.Length - part.Length;
                Assert.False(at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]));
            }
        }
    }

    [Theory]
    [InlineData("the cats sat", 2, Side.Right, "the cat")]
    [InlineData("the cats sat", 2, Side.Left, "s sat")]
    [InlineData("the cats sat", 4, Side.Right, "the cats sat")]
    [InlineData("the cats sat", 0, Side.Right, "")]
    [InlineData("the cats sat", 0, Side.Left, "")]
    public void A_text_is_cut_at_the_end_of_a_token(string text, int most, Side side, string expected) =>
        Assert.Equal(expected, Small.Bert().Truncate(text, most, side).ToString());

    [Theory]
    [InlineData("\ud83d\ude00a", 4, "")]
    [InlineData("\ud83d\ude00a", 5, "\ud83d\ude00")]
    public void A_character_of_several_tokens_stays_whole_or_goes_whole(string text, int most, string expected) =>
        Assert.Equal(expected, Load("byte-level BPE").Truncate(text, most).ToString());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Halves_of_surrogate_pairs_count_as_replacement_characters(string kind)
    {
        var tokenizer = Load(kind);
        var random = new Random(10);
        for (var i = 0; i < 500; i++)
        {
            var broken =
                new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => "ab [M\ud83d\ude00\udc00\ud800好"[random.Next(10)])]);
            var whole = WithoutHalves(broken);
            Assert.Equal(tokenizer.Encode(whole, whole).Ids, tokenizer.Encode(broken, broken).Ids);
            Assert.Equal(tokenizer.Encode(whole, whole).Offsets, tokenizer.Encode(broken, broken).Offsets);
            Assert.Equal(tokenizer.Encode(whole).Ids, EncodeWithSpans(tokenizer, broken, null, true, 100, out _).Ids);
            Assert.Equal(tokenizer.EncodeBatch([whole])[0].Tokens, tokenizer.EncodeBatch([broken])[0].Tokens);
            Assert.Equal(tokenizer.CountTokens(whole), tokenizer.CountTokens(broken));
            Assert.Equal(tokenizer.Truncate(whole, 3).Length, tokenizer.Truncate(broken, 3).Length);
            Assert.Equal(tokenizer.Normalize(whole), tokenizer.Normalize(broken));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_one_by_one_give_the_same_text(string kind)
    {
        var tokenizer = Load(kind);
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(tokenizer.VocabularySize))];
            var decoder = tokenizer.CreateStreamingDecoder();
            for (var again = 0; again < 2; again++)
            {
                Assert.Equal(tokenizer.Decode(ids), string.Concat(ids.Select(decoder.Add)) + decoder.Finish());
            }
        }
    }

    [Fact]
    public void A_batch_is_its_texts_in_order()
    {
        var tokenizer = Load("byte-level BPE");
        var random = new Random(12);
        string[] texts = [.. Enumerable.Range(0, 500).Select(_ => Small.RandomText(random, random.Next(50)))];
        Assert.Equal(texts.Select(text => tokenizer.Encode(text).Ids), tokenizer.EncodeBatch(texts).Select(encoding => encoding.Ids));
    }

    internal static Tokenizer Load(string kind) => kind switch
    {
        "WordPiece" => Small.Bert(),
        "Unigram" =>
            Tokenizer.LoadSentencePiece(
                Small.UnigramModel(("▁", -3f, 1), ("▁a", -2f, 1), ("a", -2.5f, 1), ("b", -2.5f, 1), ("ab", -3.5f, 1), ("好", -6f, 1)),
                addEnd: true),
        _ => ByteLevel(),
    };

    private static Tokenizer ByteLevel()
    {
        string[] merged = ["Ġa", "ab", "Ġab", "th", "the", "Ġthe"];
        var vocab = new JsonObject();
        foreach (var token in Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToLetter((byte)value).ToString()).Concat(merged)
            .Append("<s>").Append("</s>").Append("<mask>"))
        {
            vocab[token] = vocab.Count;
        }

        return Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                new JsonObject { ["id"] = vocab["<mask>"]!.DeepClone(), ["content"] = "[MASK]", ["lstrip"] = true, ["special"] = true }),
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":true}"""),
            ["post_processor"] = new JsonObject
            {
                ["type"] = "RobertaProcessing",
                ["trim_offsets"] = true,
                ["add_prefix_space"] = true,
                ["cls"] = new JsonArray("<s>", vocab["<s>"]!.DeepClone()),
                ["sep"] = new JsonArray("</s>", vocab["</s>"]!.DeepClone()),
            },
            ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel"}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocab,
                ["merges"] = new JsonArray("Ġ a", "a b", "Ġa b", "t h", "th e", "Ġ the"),
            },
        }.ToJsonString()));
    }

    private static Encoding? EncodeOrNull(Func<Encoding> encode)
    {
        try
        {
            return encode();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding EncodeWithSpans(Tokenizer tokenizer, string text, string? pair, bool special, int room, out int count)
    {
        var (ids, types, sequences, mask, offsets, bare) =
            (new int[room], new int[room], new int[room], new int[room], new (int, int)[room], new int[room]);
        var spans = new EncodingSpans { Ids = ids, TypeIds = types, Sequences = sequences, SpecialTokensMask = mask, Offsets = offsets };
        count = pair is null ? tokenizer.Encode(text, spans, special) : tokenizer.Encode(text, pair, spans, special);
        var alone = new EncodingSpans { Ids = bare };
        Assert.Equal(count, pair is null ? tokenizer.Encode(text, alone, special) : tokenizer.Encode(text, pair, alone, special));
        Assert.Equal(ids, bare);
        var written = Math.Min(count, room);
        return new Encoding
        {
            Ids = ids[..written],
            TypeIds = types[..written],
            Sequences = sequences[..written],
            SpecialTokensMask = mask[..written],
            Offsets = offsets[..written],
            Tokens = [],
            AttentionMask = [],
        };
    }

    private static string WithoutHalves(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
}
