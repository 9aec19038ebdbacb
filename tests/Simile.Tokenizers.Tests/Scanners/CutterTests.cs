using System.Text;
using Simile.Testing;
using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Scanners;

namespace Simile.Tokenizers.Tests.Scanners;

/// <summary>Patterns written out by hand against the patterns themselves.</summary>
public class CutterTests
{
    [Fact]
    public void Gpt2_cuts_as_its_pattern() => Check<Gpt2Cutter>();

    [Fact]
    public void Cl100k_cuts_as_its_pattern() => Check<Cl100kCutter>();

    [Fact]
    public void O200k_cuts_as_its_pattern() => Check<O200kCutter>();

    [Fact]
    public void Llama3_cuts_as_its_pattern() => Check<Llama3Cutter>();

    [Fact]
    public void Qwen2_cuts_as_its_pattern() => Check<Qwen2Cutter>();

    [Fact]
    public void Clip_cuts_as_its_pattern_cuts_small_letters() => Check<ClipCutter>(Small);

    [Fact]
    public void Plain_words_end_where_the_cutter_says()
    {
        CheckPlain<Gpt2Cutter>();
        CheckPlain<Cl100kCutter>();
        CheckPlain<O200kCutter>();
        CheckPlain<ClipCutter>();
    }

    private static void Check<TCutter>(Func<string, string>? fold = null)
        where TCutter : struct, IWordCutter
    {
        foreach (var source in TCutter.Patterns)
        {
            var pattern = Pattern.Parse(source, "pattern", oniguruma: false);
            foreach (var text in Texts())
            {
                Assert.Equal(Matches(pattern, fold?.Invoke(text) ?? text), Words<TCutter>(text).Select(word => fold?.Invoke(word) ?? word));
            }
        }
    }

    private static void CheckPlain<TCutter>()
        where TCutter : struct, IWordCutter
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText(random, 16, plain: i % 4 > 0) + RandomText(random, random.Next(8), plain: false);
            var length = TCutter.PlainWord(Simile.Tokenizers.Models.WordCache.Load(text, 0));
            Assert.True(length == 0 || length == TCutter.Next(text, 0), $"{length} instead of {TCutter.Next(text, 0)} in {text}");
        }
    }

    private static string Small(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private static IEnumerable<string> Texts()
    {
        var random = new Random(2);
        for (var i = 0; i < 3000; i++)
        {
            yield return RandomText(random, random.Next(30), plain: i % 3 == 0);
        }

        foreach (var file in Assets.Root is null
            ? []
            : Directory.EnumerateFiles(Path.Combine(Assets.Root, "golden", "tokenizers"), "cases.jsonl", SearchOption.AllDirectories))
        {
            foreach (var line in File.ReadLines(file))
            {
                using var json = System.Text.Json.JsonDocument.Parse(line);
                yield return json.RootElement.GetProperty("text").GetString()!.Replace("<|", "<", StringComparison.Ordinal);
            }
        }
    }

    private static List<string> Matches(Pattern pattern, string text)
    {
        var words = new List<string>();
        for (var from = 0; from < text.Length && pattern.TryMatch(text, from, out var start, out var end); from = end)
        {
            words.Add(text[start..end]);
        }

        return words;
    }

    private static List<string> Words<TCutter>(string text)
        where TCutter : struct, IWordCutter
    {
        var words = new List<string>();
        for (int from = 0, to; from < text.Length; from = Math.Max(to, from + 1))
        {
            to = TCutter.Next(text, from);
            if (to > from)
            {
                words.Add(text[from..to]);
            }
        }

        return words;
    }

    private static string RandomText(Random random, int length, bool plain)
    {
        const string Plain = "aabcsStTlLdDmMreveRV''  \t\n\r/1290.,!-_<>";
        string[] wide =
        [
            "ſ", "é", "É", "你", "好", "ª", "ǅ", "ʰ", "\u0301", "\u0903", "½", "Ⅷ", "٣", "\u00A0", "\u3000", "\u2028", "\u0085", "\U0001F600",
            "\U00020BB7", "\U00010400", "\U00010428", "\U0001D7D9", "\u200d", "\0",
        ];
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(plain || random.Next(2) == 0 ? Plain[random.Next(Plain.Length)].ToString() : wide[random.Next(wide.Length)]);
        }

        return text.ToString();
    }
}
