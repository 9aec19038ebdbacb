using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    private static UnigramModel ReadUnigram(JsonField model)
    {
        var (tokens, scores) = ReadScoredPieces(model["vocab"]);
        var unknown = model["unk_id"].Number(-1);
        return unknown < tokens.Length
            ? new UnigramModel(new Vocabulary(tokens), scores, unknown, model["byte_fallback"].Flag(false))
            : throw model["unk_id"].Wrong($"the index of one of the {tokens.Length} pieces");
    }

    /// <summary>A list of pieces and their scores; a score that is null counts as 0.</summary>
    internal static (string?[] Pieces, double[] Scores) ReadScoredPieces(JsonField list)
    {
        var pieces = new List<string?>();
        var scores = new List<double>();
        foreach (var entry in list.Items())
        {
            var parts = entry.Value.ValueKind == System.Text.Json.JsonValueKind.Array && entry.Value.GetArrayLength() == 2 ? entry.Items().ToArray() : throw entry.Wrong("a piece and its score");
            pieces.Add(parts[0].Text());
            scores.Add(parts[1].IsPresent ? parts[1].Fraction() : 0);
        }

        return ([.. pieces], [.. scores]);
    }
}
