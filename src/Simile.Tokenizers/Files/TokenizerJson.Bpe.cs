using System.Text.Json;
using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    private static BpeModel ReadBpe(JsonField model) =>
        ReadBpe(model, model["vocab"], model["merges"].Items().Select(merge => (ReadPair(merge), merge.Index)), index =>
            $"{model["merges"].Path}[{index}]");

    /// <summary>A BPE model whose vocabulary and merges come from elsewhere.</summary>
    /// <param name="model">Its settings.</param>
    /// <param name="vocab">Ids by token.</param>
    /// <param name="merges">Each merge with its index.</param>
    /// <param name="place">Formats the path of a merge for messages.</param>
    internal static BpeModel ReadBpe(
        JsonField model, JsonField vocab, IEnumerable<((string Left, string Right) Pair, int Number)> merges, Func<int, string> place)
    {
        var vocabulary = ReadVocabulary(vocab);
        var options = ReadBpeOptions(model);
        return new BpeModel(vocabulary, ReadMerges(merges, place, vocabulary, options.Prefix.Length), options);
    }

    private static BpeOptions ReadBpeOptions(JsonField model)
    {
        RefuseDropout(model["dropout"]);
        return new BpeOptions
        {
            Unknown = model["unk_token"].IsPresent ? model["unk_token"].Text() : null,
            FuseUnknown = model["fuse_unk"].Flag(false),
            ByteFallback = model["byte_fallback"].Flag(false),
            WholeWords = model["ignore_merges"].Flag(false),
            Prefix = model["continuing_subword_prefix"].Insert(),
            Suffix = model["end_of_word_suffix"].Insert(),
        };
    }

    private static void RefuseDropout(JsonField dropout)
    {
        if (dropout.IsPresent
            && !(dropout.Value.ValueKind == JsonValueKind.Number && dropout.Value.TryGetDouble(out var share) && share == 0))
        {
            throw new NotSupportedException($"{dropout.Path} asks for random tokens, which is for training: set it to null.");
        }
    }

    // Older files have "a b", newer ones ["a", "b"].
    private static (string Left, string Right) ReadPair(JsonField merge)
    {
        if (merge.Value.ValueKind == JsonValueKind.Array)
        {
            return merge.Items().ToArray() is [var left, var right] ? (left.Text(), right.Text()) : throw merge.Wrong("two tokens");
        }

        return SplitPair(merge.Text()) ?? throw merge.Wrong("two tokens with a space between");
    }

    /// <summary>Splits "a b" into two tokens; null if there are not two.</summary>
    internal static (string Left, string Right)? SplitPair(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space >= 0 && space == line.LastIndexOf(' ') ? (line[..space], line[(space + 1)..]) : null;
    }

    private static MergeTable ReadMerges(
        IEnumerable<((string Left, string Right) Pair, int Number)> pairs, Func<int, string> place, Vocabulary vocabulary, int prefix)
    {
        var merges = new MergeTable(vocabulary.Size);
        var rank = 0;
        foreach (var ((left, right), number) in pairs)
        {
            var joined = right.Length < prefix ? left : left + right[prefix..];
            merges.Add(Require(left, number), Require(right, number), rank++, Require(joined, number));
        }

        return merges;

        int Require(string token, int number) => vocabulary.Find(token) is >= 0 and var id
            ? id
            : throw new InvalidDataException($"{place(number)} names \"{JsonField.Shown(token)}\", which is not in the vocabulary.");
    }
}
