using System.Text;

namespace Simile.Tokenizers.Tests;

/// <summary>Memory for a text of millions of characters depends on the requested result, and is released afterwards.</summary>
public class LongTextTests
{
    private const int Long = 600_000;
    private const string Words = "the cat sat unwanted abc a b ab. Café, 你好 [MASK] 😀 123 ";

    public static TheoryData<string> Kinds => ["WordPiece", "Unigram", "byte-level BPE"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_first_ids_of_a_long_text_are_those_of_the_whole(string kind)
    {
        var tokenizer = BuffersTests.Load(kind);
        var random = new Random(3);
        foreach (var text in new[]
        {
            Blanks(random), Small.RandomText(random, Long), new string('a', Long), new string(' ', Long) + "the cat", Late(),
        })
        {
            var whole = tokenizer.Encode(text, addSpecialTokens: false).Ids;
            foreach (var length in new[] { 0, 1, 100, 512, 4000 })
            {
                var ids = new List<int> { 7 };
                tokenizer.EncodeIds(text, ids, length, addSpecialTokens: false);
                Assert.Equal(whole.Take(length).Prepend(7), ids);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_long_text_leaves_no_memory_behind(string kind)
    {
        var tokenizer = BuffersTests.Load(kind);
        var text = Blanks(new Random(4), 4_000_000);
        tokenizer.CountTokens("the cat");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = tokenizer.CountTokens(text);
        Assert.True(count > 1_000_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 << 20);
        GC.KeepAlive(tokenizer);
        GC.KeepAlive(text);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_cut_off_costs_nothing(string kind)
    {
        var tokenizer = BuffersTests.Load(kind);
        var (text, ids) = (Blanks(new Random(5), 4_000_000), new List<int>());
        tokenizer.EncodeIds("the cat", ids, 512);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ids.Clear();
        tokenizer.EncodeIds(text, ids, 512);
        Assert.Equal(512, ids.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 << 20);
    }

    private static string Blanks(Random random, int length = Long)
    {
        var words = Words.Split(' ');
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append(words[random.Next(words.Length)]).Append(' ', random.Next(1, 3));
        }

        return text.ToString();
    }

    // Few tokens until late in the text.
    private static string Late() => new string('\n', Long / 2) + Blanks(new Random(6), Long / 2);
}
