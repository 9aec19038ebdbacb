using System.Text.Json.Nodes;

namespace Simile.Tokenizers.Tests.Files;

public class TokenizerJsonTests
{
    [Theory]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":0,"b":-1}}}""", "model: vocab: b must")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0],["b","x"]],"unk_id":0}}""", "model: vocab[1][1] must")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0],[7,0]],"unk_id":0}}""", "model: vocab[1][0] must")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0],["b"]],"unk_id":0}}""", "model: vocab[1] must")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b","a c"]}}""", "model: merges[1] names \"c\"")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a","b"],["a",7]]}}""", "model: merges[1][1] must")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{},"merges":[]},"added_tokens":[{"id":0,"content":"a"},{"id":1,"content":2}]}""",
        "added_tokens[1]: content must")]
    public void What_is_wrong_is_named_by_its_place(string json, string place)
    {
        var error = Assert.Throws<InvalidDataException>(() => Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    // Most of a tokenizer's life is its start: what is made for every token must not be thrown away again.
    [Theory]
    [InlineData("WordPiece", 220)]
    [InlineData("Unigram", 300)]
    [InlineData("BPE", 800)]
    public void A_vocabulary_takes_few_bytes_a_token_to_read(string type, int most)
    {
        const int Count = 20_000;
        var path = Path.Combine(Testing.Assets.NewFolder(), "tokenizer.json");
        File.WriteAllText(path, Json(type, Count).ToJsonString());
        Tokenizer.Load(path);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Tokenizer.Load(path);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Count, 1, most);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static JsonObject Json(string type, int count)
    {
        var letters = Enumerable.Range(0, 10).Select(digit => $"{digit}");
        string[] tokens = [.. letters, .. Enumerable.Range(10, count - 10).Select(number => $"{number}")];
        var ids = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create<string, JsonNode?>(token, id)));
        return new JsonObject
        {
            ["model"] = type switch
            {
                "Unigram" =>
                    new JsonObject
                    {
                        ["type"] = type,
                        ["unk_id"] = 0,
                        ["vocab"] = new JsonArray([.. tokens.Select(token => new JsonArray(token, -1.5))]),
                    },
                "BPE" =>
                    new JsonObject
                    {
                        ["type"] = type,
                        ["vocab"] = ids,
                        ["merges"] = new JsonArray([.. tokens.Skip(10).Select(token => new JsonArray(token[..^1], token[^1..]))]),
                    },
                _ => new JsonObject { ["type"] = type, ["vocab"] = ids },
            },
        };
    }
}
