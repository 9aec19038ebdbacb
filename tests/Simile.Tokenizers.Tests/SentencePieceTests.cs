using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Tests;

public class SentencePieceTests
{
    private static readonly (string, float, int)[] Pieces =
    [
        ("▁", -3f, 1), ("▁a", -2f, 1), ("a", -2.5f, 1), ("b", -2.5f, 1),
        ("ab", -3.5f, 1), ("▁ab", -3.25f, 1), ("c", -4f, 1), ("bc", -4.5f, 1),
        ("é", -5f, 1), ("éé", -10f, 1), ("好", -6f, 1), ("@@", 0f, 4), ("unused", -1f, 5),
    ];

    [Theory]
    [InlineData(" ab  c ", "▁ab ▁ c")]
    [InlineData("a@@b", "▁a @@ b")]
    [InlineData("xyzb", "▁ xyz b")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Text_is_cut_into_the_likeliest_pieces(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Load().Encode(text, addSpecialTokens: false).Tokens));

    [Fact]
    public void The_likeliest_way_is_that_of_trying_all()
    {
        var tokenizer = Load();
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(9)).Select(_ => "abcé好z "[random.Next(7)])]);
            var normalized = tokenizer.Normalize(text);
            var tokens = tokenizer.Encode(text, addSpecialTokens: false).Tokens;
            Assert.Equal(normalized, string.Concat(tokens));
            Assert.Equal(BestScore(normalized), tokens.Sum(ScoreOf), 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40_000)]
    public void The_fast_way_gives_what_the_slow_way_gives(int repeats)
    {
        (string, float, int)[] pieces =
        [
            .. Pieces, ("▁b", -4.5f, 1), ("▁abc", -7.2f, 1), ("▁▁", -7, 1), ("cc", -8, 1), ("cb", -6.5001f, 1),
        ];
        var (fast, slow) =
            (Tokenizer.LoadSentencePiece(Small.UnigramModel(pieces)), Tokenizer.LoadSentencePiece(Small.UnigramModel(pieces)));
        Assert.NotNull(fast.Pipeline.Scanner);
        slow.Pipeline.Scanner = null;
        var random = new Random(10);
        for (var i = 0; i < (repeats > 1 ? 2 : 3000); i++)
        {
            var text =
                string.Concat(Enumerable.Range(0, repeats).Select(_ => Models.SentencePieceBpeTests.RandomWords(random, random.Next(40))));
            var (a, b) = (new List<int>(), new List<int>());
            fast.EncodeIds(text, a);
            slow.EncodeIds(text, b);
            Assert.Equal(b, a);
        }
    }

    [Fact]
    public void The_fast_way_knows_what_rules_change()
    {
        var path = Testing.Assets.Require("models/use-multilingual-v3/sentencepiece.model");
        var (fast, slow) = (Tokenizer.Load(path), Tokenizer.Load(path));
        slow.Pipeline.Scanner = null;
        var random = new Random(11);
        string[] words =
        [
            "the", "cat's", "  ", " a", "(c)", "1/2", "don't", "e\u0301", "\u00BD", "...", "\t", "...!", "xyzzy", "--", "TELEPHONE",
            "\u00A0", "~", "%", "^", "ﬁ",
        ];
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Join(
                random.Next(3) == 0 ? "" : " ",
                Enumerable.Range(0, random.Next(12)).Select(_ => words[random.Next(random.Next(2) == 0 ? 6 : words.Length)]));
            var (a, b) = (new List<int>(), new List<int>());
            fast.EncodeIds(text, a);
            slow.EncodeIds(text, b);
            Assert.Equal(b, a);
        }
    }

    [Fact]
    public void Symbols_for_beginning_and_end_are_put_around_where_asked()
    {
        var model = Small.UnigramModel(Pieces);
        Assert.Equal([1, 4], Tokenizer.LoadSentencePiece(model).Encode("a").Ids);
        Assert.Equal([1, 4, 2], Tokenizer.LoadSentencePiece(model, addEnd: true).Encode("a").Ids);
        Assert.Equal([4], Tokenizer.LoadSentencePiece(model, addBegin: false).Encode("a").Ids);
        Assert.Equal((0, 1, 2), (Load().Special.Unknown, Load().Special.Begin, Load().Special.End));
    }

    [Fact]
    public void Ids_decode_to_text_and_others_are_refused()
    {
        var tokenizer = Load();
        Assert.Equal("ab c", tokenizer.Decode(tokenizer.Encode("ab c").Ids));
        Assert.Equal(" \u2047 b", tokenizer.Decode([1, 0, 6, 2]));
        Assert.Throws<ArgumentException>(() => tokenizer.Decode([99]));
        Assert.Throws<ArgumentException>(() => tokenizer.Decode([-1]));
    }

    [Fact]
    public void Any_text_has_ascending_offsets_and_the_same_ids_without_them()
    {
        var tokenizer = Load();
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var text = Small.RandomText(random, random.Next(60));
            var encoding = tokenizer.Encode(text, addSpecialTokens: false);
            var end = 0;
            foreach (var offset in encoding.Offsets)
            {
                Assert.InRange(offset.Start, end, text.Length);
                Assert.InRange(offset.End, offset.Start, text.Length);
                end = offset.End;
            }

            var ids = new List<int>();
            tokenizer.EncodeIds(text, ids, addSpecialTokens: false);
            Assert.Equal(encoding.Ids, ids);
        }
    }

    [Fact]
    public void Ids_allocate_nothing_after_warm_up()
    {
        var tokenizer = Load();
        Assert.Equal(0, Small.AllocatedWhenWarm(tokenizer, "abc é z 好"));
    }

    [Fact]
    public void A_trie_finds_what_a_dictionary_finds()
    {
        var random = new Random(5);
        string[] words = [.. Enumerable.Range(0, 5000)
            .Select(_ => new string([.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => (char)random.Next(0x10000))]))
            .Distinct()];
        var trie = PieceTrie.Build(words.Length, id => words[id]);
        Assert.All(words.Select((word, id) => (word, id)), w => Assert.Equal(w.id, trie.Find(w.word)));
        var known = words.ToHashSet();
        Assert.All(words.Select(word => word + "x").Where(word => !known.Contains(word)), word => Assert.Equal(-1, trie.Find(word)));
    }

    private static Tokenizer Load() => Tokenizer.LoadSentencePiece(Small.UnigramModel(Pieces));

    private static float ScoreOf(string piece) =>
        Pieces.FirstOrDefault(p => p.Item1 == piece && p.Item3 == 1) is { Item1: not null } found ? found.Item2 : -20f * piece.Length;

    private static float BestScore(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var best = Pieces.Any(p => p.Item1 == text[..1]) ? float.MinValue : -20f + BestScore(text[1..]);
        foreach (var (piece, score, _) in Pieces.Where(p => p.Item3 == 1 && text.StartsWith(p.Item1, StringComparison.Ordinal)))
        {
            best = Math.Max(best, score + BestScore(text[piece.Length..]));
        }

        return best;
    }
}
