using System.Text.Json.Nodes;

namespace Simile.Tokenizers.Tests.Reference;

/// <summary>
/// Components that ask for the beginning of a text, behind normalizers that remove or move it; beginnings.js makes the file.
/// </summary>
public class BeginningTests
{
    [Fact]
    public void A_beginning_is_what_began_the_original_text()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "beginnings.jsonl"))
            .Select(line => JsonNode.Parse(line)!)
            .ToArray();
        var vocabulary = Vocabulary(lines[0]["letters"]!.GetValue<string>());
        Assert.Equal(176, lines.Length - 1);
        var differences = new List<string>();
        foreach (var line in lines.Skip(1))
        {
            var tokenizer = Load(lines[0]["added_tokens"]!, line, vocabulary);
            foreach (var @case in line["cases"]!.AsArray())
            {
                var text = @case![0]!.GetValue<string>();
                var encoding = tokenizer.Encode(text);
                var found =
                    (string.Join('|', encoding.Tokens), string.Join(' ', encoding.Offsets.SelectMany(o => new[] { o.Start, o.End })));
                var expected = (@case[1]!.GetValue<string>(), @case[2]!.GetValue<string>());
                var ids = new List<int>();
                tokenizer.EncodeIds(text, ids);
                if (found != expected || !ids.SequenceEqual(encoding.Ids) || tokenizer.CountTokens(text) != ids.Count)
                {
                    differences.Add(
                        $"{line["normalizer"]} {line["pre_tokenizer"]} {text}: {found}, not {expected}; "
                        + $"without offsets {string.Join('|', ids.Select(tokenizer.IdToToken))}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    private static Tokenizer Load(JsonNode added, JsonNode line, JsonObject vocabulary) =>
        Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["added_tokens"] = added.DeepClone(),
            ["normalizer"] = line["normalizer"]?.DeepClone(),
            ["pre_tokenizer"] = line["pre_tokenizer"]!.DeepClone(),
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["vocab"] = vocabulary.DeepClone(),
            },
        }.ToJsonString()));

    // As beginnings.js numbers them.
    private static JsonObject Vocabulary(string letters)
    {
        var vocabulary = new JsonObject { ["[UNK]"] = 0 };
        foreach (var letter in letters.EnumerateRunes())
        {
            vocabulary[letter.ToString()] = vocabulary.Count;
            vocabulary["##" + letter] = vocabulary.Count;
        }

        return vocabulary;
    }
}
