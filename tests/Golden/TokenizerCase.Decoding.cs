using System.Text.Json;
using Simile.Tokenizers;

namespace Golden;

internal static partial class TokenizerCase
{
    private static void CheckDecoding(Tokenizer tokenizer, JsonElement line, string at, List<string> differences)
    {
        var ids = Numbers(line, "ids")!;
        Compare(at + " decoded", [line.GetProperty("decoded").GetString()!], [Decode(tokenizer, ids)], differences);
        if (line.TryGetProperty("decoded_special", out var kept))
        {
            Compare(at + " decoded_special", [kept.GetString()!], [Decode(tokenizer, ids, skipSpecialTokens: false)], differences);
        }
    }

    /// <summary>Decodes ids. Decoding them one by one must give the same text, and never half a character.</summary>
    private static string Decode(Tokenizer tokenizer, int[] ids, bool skipSpecialTokens = true)
    {
        var whole = tokenizer.Decode(ids, skipSpecialTokens);
        var decoder = tokenizer.CreateStreamingDecoder(skipSpecialTokens);
        string[] pieces = [.. ids.Select(decoder.Add), decoder.Finish()];
        var joined = string.Concat(pieces);
        return Array.Exists(pieces, piece => piece.Length > 0 && (char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1])))
            ? "a character was split"
            : joined != whole ? $"one by one \"{joined}\""
            : whole;
    }
}
