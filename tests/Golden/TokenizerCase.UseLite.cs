using System.Text.Json;
using Simile.Tokenizers;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Models;

namespace Golden;

internal static partial class TokenizerCase
{
    private static void CheckUseLite(string folder, JsonElement @case)
    {
        var tokenizer = Load(folder, @case);
        var unigram = WithUnigram(tokenizer, Path.Combine(folder, @case.GetProperty("source").GetString()!));
        var differences = new List<string>();
        ForEachLine(folder, "cases.jsonl", (line, at) =>
        {
            var text = line.GetProperty("text").GetString()!;
            var special = line.GetProperty("add_special_tokens").GetBoolean();
            var encoding = tokenizer.Encode(text, null, special);
            CheckIds(tokenizer, line, text, null, special, encoding, at, differences);
            Compare(at + " tokens", Strings(line, "tokens"), encoding.Tokens, differences);
            Compare(
                at + " ids_unigram",
                Numbers(line, "ids_unigram") ?? Numbers(line, "ids"),
                unigram.Encode(text, null, special).Ids,
                differences);
        });
        Report(differences);
    }

    // The same pieces in the Unigram of a tokenizer.json; the first six cannot be matched.
    private static Tokenizer WithUnigram(Tokenizer tokenizer, string path)
    {
        var (pieces, scores) = TokenizerJson.ReadScoredPieces(JsonField.Read(path));
        pieces.AsSpan(0, 6).Clear();
        return new Tokenizer(new Pipeline
        {
            Normalizer = tokenizer.Pipeline.Normalizer,
            PreTokenizers = tokenizer.Pipeline.PreTokenizers,
            Model = new UnigramModel(new Vocabulary(pieces), scores, unknownId: 0, byteFallback: false),
        });
    }
}
