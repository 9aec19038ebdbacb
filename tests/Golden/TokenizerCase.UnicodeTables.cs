using System.Text;
using System.Text.Json;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Unicode;

namespace Golden;

internal static partial class TokenizerCase
{
    private static readonly Dictionary<string, Func<int, bool>> Sets = new(StringComparer.Ordinal)
    {
        ["Punctuation"] = Characters.IsPunctuation,
        ["WhitespaceSplit"] = Characters.IsWhiteSpace,
        ["BertPreTokenizer white space"] = Characters.IsWhiteSpace,
        ["Whitespace word characters"] = Characters.IsWord,
        ["Bert clean_text removes"] = Characters.IsControl,
        ["Bert clean_text makes a space"] = c => !Characters.IsControl(c) && Characters.IsWhiteSpace(c),
        ["Bert Chinese characters"] = Characters.IsChinese,
        ["Nmt removes"] = Nmt.IsRemoved,
        ["Nmt makes a space"] = Nmt.IsSpace,
        ["StripAccents removes"] = Tables.Mark.Contains,
        ["Bert strip_accents removes"] = Tables.NonSpacing.Contains,
        ["Digits"] = Characters.Numeric.Contains,
    };

    private static readonly Dictionary<string, Normalizer> Maps = new(StringComparer.Ordinal)
    {
        ["Lowercase"] = new Lowercase(),
        ["NFC where it differs from Unicode 14"] = new UnicodeNormalizer(compatible: false, compose: true),
        ["NFD where it differs from Unicode 14"] = new UnicodeNormalizer(compatible: false, compose: false),
        ["NFKC where it differs from Unicode 14"] = new UnicodeNormalizer(compatible: true, compose: true),
        ["NFKD where it differs from Unicode 14"] = new UnicodeNormalizer(compatible: true, compose: false),
    };

    private static void CheckUnicodeTables(string folder)
    {
        var differences = new List<string>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        ForEachLine(folder, "sets.jsonl", (line, _) => CheckSet(line, missing, differences));
        ForEachLine(folder, "maps.jsonl", (line, _) => CheckMap(line, missing, differences));
        Report(differences);
        Assert.SkipWhen(missing.Count > 0, $"The rest is equal, but these are not built yet: {string.Join(", ", missing)}.");
    }

    private static void CheckSet(JsonElement line, SortedSet<string> missing, List<string> differences)
    {
        var name = line.GetProperty("name").GetString()!;
        if ((Sets.GetValueOrDefault(name) ?? ReadPattern(name) ?? ReadNormalizer(name)) is not { } contains)
        {
            missing.Add(name);
            return;
        }

        var expected = new HashSet<int>();
        foreach (var range in line.GetProperty("ranges").EnumerateArray())
        {
            expected.UnionWith(Enumerable.Range(range[0].GetInt32(), range[1].GetInt32() - range[0].GetInt32() + 1));
        }

        differences.AddRange(CodePoints().Where(c => expected.Contains(c) != contains(c)).Select(c => $"{name}: U+{c:X4}"));
    }

    // "tokenizers regex \p{L}", "tiktoken regex \p{L}": the code points that match.
    private static Func<int, bool>? ReadPattern(string name)
    {
        var engine = name.Split(" regex ");
        if (engine.Length != 2)
        {
            return null;
        }

        var pattern = Pattern.Parse(engine[1], name, oniguruma: engine[0] == "tokenizers");
        return c => pattern.TryMatch(new Rune(c).ToString(), 0, out var start, out var end) && start == 0 && end > 0;
    }

    // "Nmt removes", "Nmt makes a space": what the normalizer of that name does with the code point between two letters.
    private static Func<int, bool>? ReadNormalizer(string name)
    {
        var words = name.Split(' ', 2);
        if (words.Length != 2 || words[1] is not ("removes" or "makes a space"))
        {
            return null;
        }

        try
        {
            var normalizer = TokenizerJson.ReadNormalizer(new JsonField(JsonElement.Parse($$"""{"type":"{{words[0]}}"}"""), name));
            var expected = words[1] == "removes" ? "ab" : "a b";
            return c => c != ' ' && normalizer.Normalize($"a{new Rune(c)}b") == expected;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static void CheckMap(JsonElement line, SortedSet<string> missing, List<string> differences)
    {
        var name = line.GetProperty("name").GetString()!;
        if (!Maps.TryGetValue(name, out var normalizer))
        {
            missing.Add(name);
            return;
        }

        var map = line.GetProperty("map").EnumerateArray().ToDictionary(entry => entry[0].GetInt32(), entry => entry[1].GetString()!);
        var all = name == "Lowercase" ? CodePoints() : map.Keys;
        foreach (var c in all)
        {
            var text = new Rune(c).ToString();
            Compare($"{name}: U+{c:X4}", [map.GetValueOrDefault(c, text)], [normalizer.Normalize(text)], differences);
        }
    }

    private static IEnumerable<int> CodePoints() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid);
}
