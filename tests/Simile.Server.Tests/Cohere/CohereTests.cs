using System.Runtime.InteropServices;
using System.Text.Json;

namespace Simile.Server.Tests.Cohere;

public sealed class CohereTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Embed_gives_every_type()
    {
        var (status, json) = await shared.Server.PostTextAsync("/v2/embed", """
            {"model":"simile/base","input_type":"search_document","texts":["a horse","a cat"],"truncate":"END",
             "embedding_types":["float","int8","uint8","binary","ubinary","base64"]}
            """);
        Assert.Equal(200, status);
        var vector = SharedServer.Library.Embed("a horse");
        var all = json.GetProperty("embeddings");
        Assert.All(all.EnumerateObject(), type => Assert.Equal(2, type.Value.GetArrayLength()));
        var floats = Numbers(all.GetProperty("float")[0]);
        Assert.All(vector.Zip(floats), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(floats, MemoryMarshal.Cast<byte, float>(all.GetProperty("base64")[0].GetBytesFromBase64()).ToArray());
        Assert.Equal(floats.Select(x => MathF.Round(x * 127)), Numbers(all.GetProperty("int8")[0]));
        Assert.Equal(Numbers(all.GetProperty("int8")[0]).Select(x => x + 128), Numbers(all.GetProperty("uint8")[0]));
        Assert.Equal(vector.Length / 8, all.GetProperty("binary")[0].GetArrayLength());
        Assert.Equal(Numbers(all.GetProperty("ubinary")[0]), Numbers(all.GetProperty("binary")[0]).Select(x => x + 128));
        Assert.Equal(vector[0] > 0, ((int)Numbers(all.GetProperty("ubinary")[0])[0] & 0x80) != 0);
        Assert.Equal("embeddings_by_type", json.GetProperty("response_type").GetString());
        Assert.Equal("a horse", json.GetProperty("texts")[0].GetString());
        Assert.True(json.GetProperty("meta").GetProperty("billed_units").GetProperty("input_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Texts_and_images_come_in_one_request()
    {
        var picture = Pictures.DataUri(40, 30);
        var (status, json) = await shared.Server.PostAsync("/v2/embed", new
        {
            model = "simile/base",
            input_type = "image",
            output_dimension = 32,
            inputs = new object[]
            {
                new { content = new[] { new { type = "image_url", image_url = new { url = picture } } } },
                new { content = new[] { new { type = "text", text = "a horse" } } },
            },
        });
        Assert.Equal(200, status);
        Assert.Equal(2, json.GetProperty("embeddings").GetProperty("float").GetArrayLength());
        Assert.Equal(32, json.GetProperty("embeddings").GetProperty("float")[0].GetArrayLength());
        Assert.Equal("a horse", json.GetProperty("texts")[0].GetString());
    }

    [Theory]
    [InlineData("/v2/embed", """{"model":"simile/base","texts":[]}""", 400)]
    [InlineData("/v2/embed", """{"model":"simile/base","texts":["x"],"embedding_types":["half"]}""", 400)]
    [InlineData("/v2/embed", """{"model":"simile/base","texts":["x"],"input_type":"poem"}""", 400)]
    [InlineData("/v2/embed", """{"model":"simile/base","texts":["x"],"truncate":"MIDDLE"}""", 400)]
    [InlineData("/v2/embed", """{"model":"embed-v4.0","texts":["x"]}""", 404)]
    [InlineData("/v2/embed", """{"model":"simile/base","texts":["x",null]}""", 400)]
    [InlineData("/v2/embed", """{"model":"simile/base","inputs":[null]}""", 400)]
    [InlineData("/v2/embed", """{"model":"simile/base","images":["https://example.com/a.png"]}""", 400)]
    [InlineData("/v2/rerank", """{"model":"simile/base","query":"x","documents":["a"]}""", 400)]
    [InlineData("/v2/rerank", """{"query":"x","documents":[{"title":"a"}]}""", 400)]
    [InlineData("/v2/rerank", """{"query":"x","documents":[null]}""", 400)]
    public async Task An_error_has_a_message(string path, string body, int expected)
    {
        var (status, json) = await shared.Server.PostTextAsync(path, body);
        Assert.Equal(expected, status);
        Assert.False(string.IsNullOrWhiteSpace(json.GetProperty("message").GetString()));
    }

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];
}
