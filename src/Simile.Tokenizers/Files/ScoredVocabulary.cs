using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers.Files;

/// <summary>Reads the vocab.json of Universal Sentence Encoder Lite: a list of pieces and their scores.</summary>
internal static class ScoredVocabulary
{
    public static bool Is(JsonField file) => file.Value.ValueKind == System.Text.Json.JsonValueKind.Array;

    /// <exception cref="InvalidDataException">The file is not such a list.</exception>
    public static Pipeline Read(JsonField file)
    {
        var (pieces, scores) = TokenizerJson.ReadScoredPieces(file);
        if (pieces.Length == 0)
        {
            throw new InvalidDataException($"{file.Path} holds no pieces.");
        }

        return new Pipeline
        {
            Normalizer = new SequenceNormalizer([new UnicodeNormalizer(compatible: true, compose: true), new Prepend("\u2581")]),
            PreTokenizers = [new Metaspace('\u2581', PrependScheme.Never, splits: false)],
            Model = new UseLiteModel(new Vocabulary(pieces), scores),
        };
    }
}
