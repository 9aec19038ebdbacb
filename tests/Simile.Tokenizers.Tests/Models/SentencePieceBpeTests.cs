using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Tests.Models;

public class SentencePieceBpeTests
{
    private static readonly (string, float, int)[] Pieces =
    [
        ("▁", -20, 1), ("a", -21, 1), ("b", -22, 1), ("c", -23, 1), ("é", -24, 1),
        ("好", -25, 1), ("ab", -1, 1), ("bc", -1, 1), ("abc", -5, 1),
        ("▁a", -3, 1), ("▁ab", -2, 1), ("▁▁", -4, 1), ("▁▁▁▁", -6, 1), ("cx", -7, 1),
        ("éé", -8, 1), ("aa", -9, 1), ("aaaa", -10, 1), ("好好", -11, 1),
    ];

    [Theory]
    [InlineData("abc", "▁ab c")]
    [InlineData("xabc", "▁ x abc")]
    [InlineData("bcx bc", "▁ bc x ▁ bc")]
    [InlineData("ccx", "▁ c cx")]
    [InlineData("aaaaa", "▁a aaaa")]
    [InlineData("zzz b", "▁ zzz ▁ b")]
    public void The_best_pair_joins_first_and_the_leftmost_of_equal_ones(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Load(false, false, Pieces).Encode(text, addSpecialTokens: false).Tokens));

    [Fact]
    public void User_defined_symbols_join_with_nothing()
    {
        var tokenizer = Load(false, false, [.. Pieces, ("<sep>", 0, 4), ("ca", -1, 4), ("cab", 0, 1)]);
        Assert.Equal("▁ b <sep> ca b", string.Join(' ', tokenizer.Encode("b<sep>cab", addSpecialTokens: false).Tokens));
    }

    [Fact]
    public void Pieces_that_are_not_used_are_cut_again()
    {
        var tokenizer = Load(false, false, [.. Pieces.Where(p => p.Item1 != "▁ab"), ("▁ab", -0.5f, 5), ("▁abc", -0.25f, 5)]);
        Assert.Equal("▁ ab ▁ c", string.Join(' ', tokenizer.Encode("ab c", addSpecialTokens: false).Tokens));
    }

    [Fact]
    public void A_character_falls_back_to_bytes_of_which_the_last_has_its_place()
    {
        var encoding = Load(true, false, Pieces).Encode("a\ud83d\ude00b", addSpecialTokens: false);
        Assert.Equal(["▁a", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "b"], encoding.Tokens);
        Assert.Equal([(0, 1), (1, 1), (1, 1), (1, 1), (1, 3), (3, 4)], encoding.Offsets);
    }

    [Theory]
    [InlineData(3, "ab  xy ab", "▁ab ▁xy ▁ab")]
    [InlineData(4, "ab xyb", "▁ a b ▁ xy b")]
    public void Words_and_characters_are_models_too(int type, string text, string expected)
    {
        var tokenizer = Tokenizer.LoadSentencePiece(Small.SentencePieceModel(type, bytes: false, keepsSpaces: false, Pieces));
        Assert.Equal(expected, string.Join(' ', tokenizer.Encode(text, addSpecialTokens: false).Tokens));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void The_fast_ways_give_what_the_slow_way_gives(bool bytes, bool keepsSpaces, bool marksInside)
    {
        (string, float, int)[] pieces = marksInside
            ? [.. Pieces, ("a▁b", -0.5f, 1), ("a▁", -1, 1)]
            : [.. Pieces, ("bb", 0, 4), ("xa", 0, 4)];
        var (fast, slow) = (Load(bytes, keepsSpaces, pieces), Load(bytes, keepsSpaces, pieces));
        Assert.Equal(!marksInside, fast.Pipeline.Scanner is not null);
        slow.Pipeline.Scanner = null;
        ((SentencePieceBpe)slow.Pipeline.Model).IsFast = false;
        var random = new Random(8);
        for (var i = 0; i < 3000; i++)
        {
            var text = i % 4 == 0 ? Small.RandomText(random, random.Next(40)) : RandomWords(random, random.Next(i % 100 == 1 ? 300 : 40));
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
    public void Any_text_comes_back_from_a_model_that_falls_back_to_bytes()
    {
        var tokenizer = Load(true, true, Pieces);
        var random = new Random(9);
        for (var i = 0; i < 1000; i++)
        {
            var text = Small.RandomText(random, random.Next(60)).Replace('\u2581', 'a');
            Assert.Equal(
                new string([.. text.EnumerateRunes().SelectMany(r => r.ToString())]), tokenizer.Decode(tokenizer.Encode(text).Ids));
        }
    }

    [Fact]
    public void Ids_allocate_nothing_after_warm_up()
    {
        var tokenizer = Load(true, true, Pieces);
        Assert.Equal(0, Small.AllocatedWhenWarm(tokenizer, "abc  ab é z 好好 \ud83d\ude00 aaaaaaaaaaaaaaaaaaaaaaaaabcbcbcbcbcb c"));
    }

    internal static string RandomWords(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(_ => "aaabbc  éx好z"[random.Next(12)])]);

    private static Tokenizer Load(bool bytes, bool keepsSpaces, (string, float, int)[] pieces) =>
        Tokenizer.LoadSentencePiece(Small.SentencePieceModel(2, bytes, keepsSpaces, pieces));
}
