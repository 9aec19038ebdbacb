using System.Text.Json.Nodes;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Tests;

internal static partial class Small
{
    /// <summary>
    /// tokenizer.json of a byte-level BPE: all bytes, then what these pairs make; members of <paramref name="changes"/> replace its own.
    /// </summary>
    public static string ByteLevelJson(string changes = "{}", string suffix = "")
    {
        string[] letters = [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToLetter((byte)value).ToString())];
        string[] merges = ["t h", "th e", "Ġ the", "a b", "ab c", "a a", "aa aa", "Ġ c", "i n", "Ã ©", "ä ½", "ä½ ł", "' s", "Ġ Ġ", "1 2"];
        var vocab = new JsonObject();
        string[] tokens =
        [
            .. letters,
            .. suffix.Length == 0 ? [] : letters.Select(letter => letter + suffix),
            .. merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)),
        ];
        foreach (var token in tokens)
        {
            vocab[token] = vocab.Count;
        }

        var root = new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                new JsonObject { ["id"] = vocab.Count, ["content"] = "<mask>", ["lstrip"] = true, ["special"] = true }),
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false}"""),
            ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel"}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = vocab,
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
                ["end_of_word_suffix"] = suffix,
            },
        };
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            root[name] = value?.DeepClone();
        }

        return root.ToJsonString();
    }

    public static Tokenizer ByteLevel(string changes = "{}", string suffix = "") =>
        LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(ByteLevelJson(changes, suffix)));
}
