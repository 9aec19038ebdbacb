using System.Text.Json;
using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

internal static partial class TokenizerJson
{
    private static BpeModel ReadBpe(JsonField model) =>
        ReadBpe(model, model["vocab"], model["merges"].Items().Select(merge => (ReadPair(merge), merge.Path)));

    /// <summary>A BPE model whose vocabulary and merges stand elsewhere; each merge with the place that a message names.</summary>
    internal static BpeModel ReadBpe(JsonField model, JsonField vocab, IEnumerable<((string Left, string Right) Pair, string Path)> merges)
    {
        var vocabulary = ReadVocabulary(vocab);
        var options = ReadBpeOptions(model);
        return new BpeModel(vocabulary, ReadMerges(merges, vocabulary, options.Prefix.Length), options);
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
            Prefix = model["continuing_subword_prefix"].Text(string.Empty),
            Suffix = model["end_of_word_suffix"].Text(string.Empty),
        };
    }

    private static void RefuseDropout(JsonField dropout)
    {
        if (dropout.IsPresent && !(dropout.Value.ValueKind == JsonValueKind.Number && dropout.Value.TryGetDouble(out var share) && share == 0))
        {
            throw new NotSupportedException($"{dropout.Path} asks for tokens by chance, which is for training; set it to null.");
        }
    }

    // "a b" in older files, ["a", "b"] in newer ones.
    private static (string Left, string Right) ReadPair(JsonField merge)
    {
        if (merge.Value.ValueKind == JsonValueKind.Array)
        {
            return merge.Items().ToArray() is [var left, var right] ? (left.Text(), right.Text()) : throw merge.Wrong("two tokens");
        }

        return SplitPair(merge.Text()) ?? throw merge.Wrong("two tokens with a space between");
    }

    /// <summary>The two tokens of "a b"; null where there are not two.</summary>
    internal static (string Left, string Right)? SplitPair(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space >= 0 && space == line.LastIndexOf(' ') ? (line[..space], line[(space + 1)..]) : null;
    }

    private static MergeTable ReadMerges(IEnumerable<((string Left, string Right) Pair, string Path)> pairs, Vocabulary vocabulary, int prefix)
    {
        var merges = new MergeTable(vocabulary.Size);
        var rank = 0;
        foreach (var ((left, right), path) in pairs)
        {
            var joined = right.Length < prefix ? left : left + right[prefix..];
            merges.Add(Require(left, path), Require(right, path), rank++, Require(joined, path));
        }

        return merges;

        int Require(string token, string path) => vocabulary.Find(token) is >= 0 and var id
            ? id
            : throw new InvalidDataException($"{path} names \"{JsonField.Shown(token)}\", which is not in the vocabulary.");
    }
}
