using System.Text.Json;
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

    /// <summary>Reads a list of pieces and their scores. A null score counts as 0.</summary>
    internal static (string?[] Pieces, double[] Scores) ReadScoredPieces(JsonField list)
    {
        var count = list.Value.ValueKind == JsonValueKind.Array ? list.Value.GetArrayLength() : 0;
        var (pieces, scores) = (new string?[count], new double[count]);
        foreach (var entry in list.Items())
        {
            if (entry.Value.ValueKind != JsonValueKind.Array || entry.Value.GetArrayLength() != 2)
            {
                throw entry.Wrong("a piece and its score");
            }

            var score = entry with { Value = entry.Value[1], Inner = 1 };
            pieces[entry.Index] = (entry with { Value = entry.Value[0], Inner = 0 }).Text();
            scores[entry.Index] = score.IsPresent ? score.Fraction() : 0;
        }

        return (pieces, scores);
    }
}
