using System.Runtime.InteropServices;
using System.Text.Json;

namespace Simile.Server.Tests.OpenAI;

public sealed class EmbeddingsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Path = "/v1/embeddings";

    [Fact]
    public async Task Base64_and_numbers_are_the_same_floats()
    {
        var (_, numbers) = await shared.Server.PostAsync(Path, new { model = "simile/base", input = "a horse" });
        var (_, base64) = await shared.Server.PostAsync(Path, new { model = "simile/base", input = "a horse", encoding_format = "base64" });

        var bytes = base64.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(Floats(numbers.GetProperty("data")[0]), MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }

    [Fact]
    public async Task Token_ids_give_the_vector_of_their_text()
    {
        var ids = SharedServer.Library.Tokenizer.Encode("a horse in a field", addSpecialTokens: false).Ids;
        var (_, text) = await shared.Server.PostAsync(Path, new { input = new[] { "a horse in a field" } });
        var (_, one) = await shared.Server.PostAsync(Path, new { input = ids });
        var (_, two) = await shared.Server.PostAsync(Path, new { input = new[] { ids, ids } });

        Assert.Equal(Floats(text.GetProperty("data")[0]), Floats(one.GetProperty("data")[0]));
        Assert.Equal(2, two.GetProperty("data").GetArrayLength());
        Assert.Equal(1, two.GetProperty("data")[1].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task A_model_may_be_called_by_its_last_name_or_not_at_all()
    {
        var (status, json) = await shared.Server.PostAsync(Path, new { model = "base", input = "x" });
        Assert.Equal((200, "simile/base"), (status, json.GetProperty("model").GetString()));
        (status, json) = await shared.Server.PostAsync(Path, new { input = "x" });
        Assert.Equal((200, "simile/base"), (status, json.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData("""{"input":"x","dimensions":0}""", 400, "dimensions")]
    [InlineData("""{"input":"x","dimensions":100000}""", 400, "dimensions")]
    [InlineData("""{"input":"x","encoding_format":"hex"}""", 400, "encoding_format")]
    [InlineData("""{"input":[]}""", 400, "input")]
    [InlineData("""{"model":"simile/base"}""", 400, "input")]
    [InlineData("""{"input":{"a":1}}""", 400, "input")]
    [InlineData("""{"input":[1,"a"]}""", 400, "input")]
    [InlineData("""{"input":[[1,"a"]]}""", 400, "input")]
    [InlineData("""{"input":[99999999]}""", 400, "input")]
    [InlineData("""{"input":[-1]}""", 400, "input")]
    [InlineData("""{"input":["\ud800"]}""", 400, "input")]
    [InlineData("""{"input":"x","prompt_name":"query"}""", 400, "prompt_name")]
    [InlineData("""{"input":"x","modality":"smell"}""", 400, "modality")]
    [InlineData("""{"input":"x","model":"gpt"}""", 404, "model")]
    public async Task A_wrong_value_is_named(string body, int expected, string field)
    {
        var (status, json) = await shared.Server.PostTextAsync(Path, body);
        var error = json.GetProperty("error");
        Assert.Equal(expected, status);
        Assert.Equal(field, error.GetProperty("param").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"input":"x"}{"input":"y"}""")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("""{"input":"x","dimensions":"many"}""")]
    public async Task Broken_JSON_is_a_client_error_without_names_of_our_types(string body)
    {
        var (status, json) = await shared.Server.PostTextAsync(Path, body);
        var message = json.GetProperty("error").GetProperty("message").GetString();
        Assert.Equal(400, status);
        Assert.DoesNotContain("Simile.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deeply_nested_body_is_a_client_error()
    {
        var (status, _) = await shared.Server.PostTextAsync(Path, "{\"input\":" + new string('[', 100_000));
        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused(string mediaType)
    {
        var (status, _) = await shared.Server.PostTextAsync(Path, """{"input":"x"}""", mediaType);
        Assert.Equal(415, status);
    }

    [Fact]
    public async Task A_truncated_text_is_marked()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions());
        var text = string.Join(' ', Enumerable.Repeat("word", 5000));
        var (_, json) = await server.PostAsync(Path, new { input = new[] { "short", text } });
        Assert.False(json.GetProperty("data")[0].TryGetProperty("truncated", out _));
        Assert.True(json.GetProperty("data")[1].GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task A_long_text_is_refused_where_nothing_is_truncated()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Truncate = false });
        var text = string.Join(' ', Enumerable.Repeat("word", 5000));
        var (status, json) = await server.PostAsync(Path, new { input = text });
        Assert.Equal(400, status);
        Assert.Equal("context_length_exceeded", json.GetProperty("error").GetProperty("code").GetString());
    }

    private static float[] Floats(JsonElement item) =>
        [.. item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];
}
