using System.Text.Json;
using Simile.Tokenizers;

namespace Golden;

internal static partial class TokenizerCase
{
    private static void CheckTiktoken(string folder, JsonElement @case)
    {
        var special = @case.GetProperty("special_tokens").EnumerateObject()
            .ToDictionary(token => token.Name, token => token.Value.GetInt32(), StringComparer.Ordinal);
        var encoding = new TiktokenEncoding(@case.GetProperty("pattern").GetString()!, special);
        var all = Tokenizer.LoadTiktoken(Sources(folder, @case)[0], encoding);
        var (asText, refusing) = (all.With(SpecialTokenPolicy.AsText), all.With(SpecialTokenPolicy.RefuseAll));
        var differences = new List<string>();
        ForEachLine(folder, "cases.jsonl", (line, at) =>
        {
            CheckTiktokenIds(all, asText, line, at, differences);
            CheckRefused(refusing, line, at, differences);
        });
        ForEachLine(folder, "decode.jsonl", (line, at) => CheckBytes(all, line, at, differences));
        CheckPublished(@case, encoding, differences);
        Report(differences);
    }

    private static void CheckTiktokenIds(Tokenizer all, Tokenizer asText, JsonElement line, string at, List<string> differences)
    {
        var text = line.GetProperty("text").GetString()!;
        var expected = Numbers(line, "ids")!;
        var encoding = all.Encode(text);
        var ids = new List<int>();
        all.EncodeIds(text, ids);
        Compare(at + " ids", expected, encoding.Ids, differences);
        Compare(at + " EncodeIds", expected, ids, differences);
        Compare(at + " ids_ordinary", Numbers(line, "ids_ordinary") ?? expected, asText.Encode(text).Ids, differences);
        var points = CodePoints(text);
        Compare(at + " starts", Numbers(line, "starts"), [.. encoding.Offsets.Select(offset => points[offset.Start])], differences);
        Compare(at + " decoded", [text], [all.Decode(expected, skipSpecialTokens: false)], differences);
    }

    private static void CheckRefused(Tokenizer refusing, JsonElement line, string at, List<string> differences)
    {
        var isRefused = false;
        try
        {
            refusing.Encode(line.GetProperty("text").GetString()!);
        }
        catch (ArgumentException)
        {
            isRefused = true;
        }

        Compare(at + " disallowed", [line.TryGetProperty("disallowed", out var value) && value.GetBoolean()], [isRefused], differences);
    }

    private static void CheckBytes(Tokenizer tokenizer, JsonElement line, string at, List<string> differences)
    {
        var ids = Numbers(line, "ids")!;
        Compare(
            at + " bytes", [line.GetProperty("bytes").GetString()!], [Convert.ToHexStringLower(tokenizer.DecodeBytes(ids))], differences);
        Compare(
            at + " decoded", [line.GetProperty("decoded").GetString()!], [tokenizer.Decode(ids, skipSpecialTokens: false)], differences);
    }

    // Known encodings must equal those of the case.
    private static void CheckPublished(JsonElement @case, TiktokenEncoding encoding, List<string> differences)
    {
        var name = @case.GetProperty("encoding").GetString()!;
        if (TiktokenEncoding.Names.Contains(name))
        {
            var known = TiktokenEncoding.Get(name);
            Compare("pattern", [encoding.Pattern], [known.Pattern], differences);
            Compare(
                "special tokens",
                [.. encoding.SpecialTokens.OrderBy(t => t.Value)],
                [.. known.SpecialTokens.OrderBy(t => t.Value)],
                differences);
        }
    }
}
