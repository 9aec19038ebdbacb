using System.Text;

namespace Simile.Tokenizers.Tests;

public class TiktokenTests
{
    [Fact]
    public void Ranks_say_what_joins_first_and_whole_words_are_taken_as_they_are()
    {
        var tokenizer = Load("bc", "ab", "abc", "hello", " a");
        Assert.Equal(["abc"], tokenizer.Encode("abc").Tokens);
        Assert.Equal(["hello"], tokenizer.Encode("hello").Tokens);
        Assert.Equal(["abc", "d"], tokenizer.Encode("abcd").Tokens);
        Assert.Equal(["h", "e", "l", "l", "o", "s"], tokenizer.Encode("hellos").Tokens);
    }

    [Fact]
    public void One_pair_for_each_token_is_enough()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            var words = new HashSet<string>();
            while (words.Count < 40)
            {
                words.Add(string.Concat(Enumerable.Range(0, random.Next(2, 7)).Select(_ => (char)('a' + random.Next(3)))));
            }

            string[] order = [.. words];
            random.Shuffle(order);
            var tokenizer = Load(order);
            for (var i = 0; i < 50; i++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)('a' + random.Next(3))));
                Assert.Equal(Obvious(text, order), tokenizer.Encode(text).Tokens);
            }
        }
    }

    [Fact]
    public void Ids_without_a_token_are_refused()
    {
        var tokenizer = Load("ab");
        Assert.Equal("ab", tokenizer.Decode([256]));
        Assert.Throws<ArgumentException>(() => tokenizer.Decode([257]));
        Assert.Throws<ArgumentException>(() => tokenizer.DecodeBytes([-1]));
    }

    [Fact]
    public void An_unknown_encoding_is_refused_with_those_that_are_known()
    {
        var e = Assert.Throws<ArgumentException>(() => TiktokenEncoding.Get("cl200k"));
        Assert.Contains("cl100k_base", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Small.LoadFile("mine.tiktoken", "YQ== 0"u8.ToArray()));
    }

    // Join the two that make the token of the lowest rank, the leftmost of equals, until none do.
    private static List<string> Obvious(string text, string[] order)
    {
        if (order.Contains(text))
        {
            return [text];
        }

        List<string> parts = [.. text.Select(c => c.ToString())];
        while (true)
        {
            var best = Enumerable.Range(0, parts.Count - 1)
                .Select(i => (Rank: Array.IndexOf(order, parts[i] + parts[i + 1]), At: i))
                .Where(pair => pair.Rank >= 0)
                .Order()
                .FirstOrDefault((-1, 0));
            if (best.Item1 < 0)
            {
                return parts;
            }

            parts[best.Item2] += parts[best.Item2 + 1];
            parts.RemoveAt(best.Item2 + 1);
        }
    }

    private static Tokenizer Load(params string[] words)
    {
        var lines = new StringBuilder();
        for (var value = 0; value < 256; value++)
        {
            lines.Append(Convert.ToBase64String([(byte)value])).Append(' ').Append(value).Append('\n');
        }

        for (var i = 0; i < words.Length; i++)
        {
            lines.Append(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(words[i]))).Append(' ').Append(256 + i).Append('\n');
        }

        return Small.LoadFile("r50k_base.tiktoken", System.Text.Encoding.UTF8.GetBytes(lines.ToString()));
    }
}
