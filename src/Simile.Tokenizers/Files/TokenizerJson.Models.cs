using System.Text.Json;
using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    // Ids are array indexes. An id far beyond the number of tokens must not allocate memory.
    private const int MaxGap = 1 << 20;

    private static Model ReadModel(JsonField model) => ModelType(model) switch
    {
        "WordPiece" => new WordPieceModel(
            ReadVocabulary(model["vocab"]),
            model["unk_token"].Text("[UNK]"),
            model["continuing_subword_prefix"].Insert("##"),
            model["max_input_chars_per_word"].Number(100)),
        "BPE" => ReadBpe(model),
        "Unigram" => ReadUnigram(model),
        "WordLevel" => new WordLevelModel(ReadVocabulary(model["vocab"]), model["unk_token"].Text("<unk>")),
        var other => throw model.NotBuilt("model", other),
    };

    // Files of 2020 have no type: merges mean BPE, a list of scored pieces means Unigram.
    private static string ModelType(JsonField model)
    {
        if (model["type"].IsPresent)
        {
            return model["type"].Text();
        }

        return model["merges"].IsPresent ? "BPE"
            : model["vocab"].Value.ValueKind == JsonValueKind.Array ? "Unigram"
            : model["max_input_chars_per_word"].IsPresent ? "WordPiece" : "WordLevel";
    }

    internal static Vocabulary ReadVocabulary(JsonField vocab)
    {
        var entries = new List<(string Token, int Id)>(vocab.Value.ValueKind == JsonValueKind.Object ? vocab.Value.GetPropertyCount() : 0);
        var size = 0;
        foreach (var (token, value) in vocab.Members())
        {
            var id = JsonField.TryNumber(value, out var number) ? number
                : throw new JsonField(value, $"{vocab.Path}: {JsonField.Shown(token)}").WrongNumber();
            entries.Add((token, id));
            size = Math.Max(size, id);
        }

        if (size >= entries.Count + MaxGap)
        {
            throw new InvalidDataException($"{vocab.Path} has {entries.Count} tokens but an id of {size}.");
        }

        var tokens = new string?[entries.Count == 0 ? 0 : size + 1];
        foreach (var (token, id) in entries)
        {
            tokens[id] = token;
        }

        return new Vocabulary(tokens);
    }
}
