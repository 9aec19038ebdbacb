using System.Text.Json;
using Simile.Tokenizers;

namespace Golden;

/// <summary>A folder of golden/tokenizers: every line of its files must be equal.</summary>
internal static partial class TokenizerCase
{
    private const int ShownDifferences = 5;

    public static void Check(string folder)
    {
        var @case = ReadJson(Path.Combine(folder, "case.json"));
        var kind = @case.GetProperty("kind").GetString()!;
        switch (kind)
        {
            case "tokenizer.json" or "vocab.txt" or "sentencepiece" or "bpe vocab+merges":
                CheckTokenizer(folder, @case, kind);
                break;
            case "use-lite vocab.json":
                CheckUseLite(folder, @case);
                break;
            case "tiktoken":
                CheckTiktoken(folder, @case);
                break;
            case "unicode tables":
                CheckUnicodeTables(folder);
                break;
            case "components":
                CheckComponents(folder);
                break;
            default:
                Assert.Skip($"Tokenizers of the kind {kind} are not built yet.");
                break;
        }
    }

    private static void CheckTokenizer(string folder, JsonElement @case, string kind)
    {
        var tokenizer = Load(folder, @case);
        var embedded = @case.TryGetProperty("embedded_truncation_padding", out var inForce) && inForce.GetBoolean();
        var used = embedded ? tokenizer.With(tokenizer.EmbeddedTruncation, tokenizer.EmbeddedPadding) : tokenizer;
        var differences = new List<string>();
        ForEachLine(folder, "cases.jsonl", (line, at) => CheckEncoding(used, kind, line, at, differences));
        ForEachLine(folder, "decode.jsonl", (line, at) => CheckDecoding(tokenizer, line, at, differences));
        ForEachLine(folder, "batches.jsonl", (line, at) => CheckBatch(tokenizer, line, at, differences));
        ForEachLine(folder, "normalize.jsonl", (line, at) => CheckNormalized(tokenizer, line, at, differences));
        Report(differences);
    }

    private static Tokenizer Load(string folder, JsonElement @case)
    {
        var source = Sources(folder, @case)[0];
        try
        {
            if (@case.GetProperty("kind").GetString() == "bpe vocab+merges")
            {
                return LoadVocabularyAndMerges(folder, @case);
            }

            if (@case.GetProperty("kind").GetString() == "vocab.txt" && @case.TryGetProperty("options", out var options))
            {
                return Tokenizer.LoadWordPiece(source, ReadWordPiece(options));
            }

            if (!@case.TryGetProperty("overrides", out var overrides))
            {
                return Tokenizer.Load(source);
            }

            using var changed = new ChangedJson(source, overrides);
            return Tokenizer.Load(changed.Path);
        }
        catch (NotSupportedException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static void CheckEncoding(Tokenizer tokenizer, string kind, JsonElement line, string at, List<string> differences)
    {
        var text = line.GetProperty("text").GetString()!;
        var pair = line.TryGetProperty("pair", out var second) ? second.GetString() : null;
        var special = line.GetProperty("add_special_tokens").GetBoolean();
        var encoding = tokenizer.Encode(text, pair, special);
        CheckIds(tokenizer, line, text, pair, special, encoding, at, differences);
        if (kind == "sentencepiece")
        {
            var plain = special ? tokenizer.Encode(text, pair, addSpecialTokens: false) : encoding;
            Compare(at + " tokens", Strings(line, "tokens"), plain.Tokens, differences);
            Compare(at + " offsets", Offsets(line), CodePointOffsets(plain, text, pair), differences);
            Compare(at + " decoded", [line.GetProperty("decoded").GetString()!], [Decode(tokenizer, encoding.Ids)], differences);
            return;
        }

        CheckFields(line, encoding, text, pair, at, differences);
        var decoded = line.GetProperty("decoded").GetString()!;
        var decodedSpecial = line.TryGetProperty("decoded_special", out var kept) ? kept.GetString()! : decoded;
        Compare(
            at + " decoded",
            [decoded, decodedSpecial],
            [Decode(tokenizer, encoding.Ids), Decode(tokenizer, encoding.Ids, skipSpecialTokens: false)],
            differences);
    }

    // The path without offsets must give the same ids.
    private static void CheckIds(
        Tokenizer tokenizer,
        JsonElement line,
        string text,
        string? pair,
        bool special,
        Encoding encoding,
        string at,
        List<string> differences)
    {
        var expected = Numbers(line, "ids");
        Compare(at + " ids", expected, encoding.Ids, differences);
        if (pair is null && tokenizer.Padding is null)
        {
            var ids = new List<int>();
            tokenizer.EncodeIds(text, ids, special);
            Compare(at + " EncodeIds", expected, ids, differences);
        }
    }

    private static void CheckFields(JsonElement line, Encoding encoding, string text, string? pair, string at, List<string> differences)
    {
        var zeros = new int[encoding.Ids.Length];
        Compare(at + " tokens", Strings(line, "tokens"), encoding.Tokens, differences);
        Compare(at + " offsets", Offsets(line), CodePointOffsets(encoding, text, pair), differences);
        Compare(at + " type_ids", Numbers(line, "type_ids") ?? zeros, encoding.TypeIds, differences);
        Compare(at + " special_tokens_mask", Numbers(line, "special_tokens_mask") ?? zeros, encoding.SpecialTokensMask, differences);
        if (Numbers(line, "attention_mask") is { } mask)
        {
            Compare(at + " attention_mask", mask, encoding.AttentionMask, differences);
        }
    }

    private static void CheckNormalized(Tokenizer tokenizer, JsonElement line, string at, List<string> differences) =>
        Compare(
            at, [line.GetProperty("normalized").GetString()!], [tokenizer.Normalize(line.GetProperty("text").GetString()!)], differences);

    private static void CheckBatch(Tokenizer tokenizer, JsonElement line, string at, List<string> differences)
    {
        var texts = Strings(line, "texts");
        var pairs = line.TryGetProperty("pairs", out var p) && p.ValueKind == JsonValueKind.Array ? Strings(line, "pairs") : null;
        var options = line.GetProperty("options");
        Encoding[] encodings;
        try
        {
            var used = tokenizer.With(ReadTruncation(options.GetProperty("truncation")), ReadPadding(options.GetProperty("padding")));
            encodings = used.EncodeBatch(texts, pairs, options.GetProperty("add_special_tokens").GetBoolean());
        }
        catch (ArgumentException e)
        {
            if (!line.TryGetProperty("error", out _))
            {
                differences.Add($"{at}: refused: {e.Message}");
            }

            return;
        }

        if (line.TryGetProperty("error", out var error))
        {
            differences.Add($"{at}: not refused: {error}");
            return;
        }

        var i = 0;
        foreach (var expected in line.GetProperty("encodings").EnumerateArray())
        {
            CheckWithOverflow(expected, encodings[i], texts[i], pairs?[i], $"{at}[{i++}]", differences);
        }
    }

    private static void CheckWithOverflow(
        JsonElement expected, Encoding encoding, string text, string? pair, string at, List<string> differences)
    {
        Compare(at + " ids", Numbers(expected, "ids"), encoding.Ids, differences);
        CheckFields(expected, encoding, text, pair, at, differences);
        var overflowing = expected.TryGetProperty("overflowing", out var o) ? o.EnumerateArray().ToArray() : [];
        Compare(at + " overflowing", [overflowing.Length], [encoding.Overflowing.Count], differences);
        for (var i = 0; i < Math.Min(overflowing.Length, encoding.Overflowing.Count); i++)
        {
            CheckWithOverflow(overflowing[i], encoding.Overflowing[i], text, pair, $"{at} overflowing[{i}]", differences);
        }
    }

    private static void Report(List<string> differences) =>
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(ShownDifferences))}");

    private static void Compare<T>(string at, IReadOnlyList<T>? expected, IReadOnlyList<T> actual, List<string> differences)
    {
        if (expected is null || !expected.SequenceEqual(actual))
        {
            differences.Add($"{at}: expected {JsonText(expected)}, got {JsonText(actual)}");
        }
    }
}
