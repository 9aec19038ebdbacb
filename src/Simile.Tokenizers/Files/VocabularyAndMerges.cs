using System.Text;
using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Files;

/// <summary>Reads a BPE model from vocab.json and merges.txt. The other components come from a tokenizer.json without vocabulary.</summary>
internal static class VocabularyAndMerges
{
    /// <summary>GPT-2's components: the default for the two files.</summary>
    public const string Gpt2 = """
        {
            "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false},
            "post_processor": {"type": "ByteLevel", "trim_offsets": false},
            "decoder": {"type": "ByteLevel"}
        }
        """;

    /// <summary>
    /// Reads both files. If words end with a suffix (&lt;/w&gt;), decoding turns it into a space, as the tokenizers of such files do.
    /// </summary>
    /// <param name="vocabulary">Path of vocab.json: ids by token.</param>
    /// <param name="merges">Path of merges.txt: "a b" in each line, after a line with the version.</param>
    /// <param name="pipeline">The other components, as in a tokenizer.json.</param>
    public static Pipeline Read(string vocabulary, string merges, JsonField pipeline)
    {
        var model = TokenizerJson.ReadBpe(
            pipeline["model"], JsonField.Read(vocabulary), ReadMerges(merges), number => Place(merges, number));
        var suffix = model.Options.Suffix;
        return TokenizerJson.Read(
            pipeline, model, suffix.Length == 0 ? [] : [next => new ReplaceDecoder(suffix, " ", next), next => new TrimDecoder(next)]);
    }

    private static IEnumerable<((string Left, string Right) Pair, int Number)> ReadMerges(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path, System.Text.Encoding.UTF8))
        {
            number++;
            if (line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            {
                yield return (
                    TokenizerJson.SplitPair(line)
                        ?? throw new InvalidDataException($"{Place(path, number)} must be two tokens with a space between."),
                    number);
            }
        }
    }

    private static string Place(string path, int number) => $"{path}, line {number},";
}
