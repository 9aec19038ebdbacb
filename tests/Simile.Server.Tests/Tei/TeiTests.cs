using System.Text.Json;
using Simile.Numerics;

namespace Simile.Server.Tests.Tei;

/// <summary>The routes of text-embeddings-inference with the built-in model. Bodies are those of its published schema.</summary>
public sealed class TeiTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("""{"inputs":"a horse"}""", 1)]
    [InlineData(
        """{"inputs":["a horse","a cat"],"normalize":true,"truncate":false,"truncation_direction":"right","prompt_name":null}""", 2)]
    [InlineData("""{"inputs":["a horse","a cat"],"normalize":false,"dimensions":16}""", 2)]
    public async Task Embed_gives_the_vectors_of_the_library(string body, int count)
    {
        var (status, json) = await shared.Server.PostTextAsync("/embed", body);
        Assert.Equal(200, status);
        Assert.Equal(count, json.GetArrayLength());
        var vector = Floats(json[0]);
        var expected = SharedServer.Library.Embed("a horse")[..vector.Length];
        Assert.Equal(1, VectorMath.Cosine(vector, expected), 1e-6);
        Assert.Equal(1, Math.Sqrt(vector.Sum(x => (double)x * x)), 1e-5);
    }

    [Theory]
    [InlineData("/embed", """{"inputs":[]}""", 400, "Empty")]
    [InlineData("/embed", """{"inputs":5}""", 400, "Validation")]
    [InlineData("/embed", "{", 400, "Validation")]
    [InlineData("/embed", """{"inputs":"x","prompt_name":"query"}""", 413, "Validation")]
    [InlineData("/embed", """{"inputs":"x","truncation_direction":"up"}""", 413, "Validation")]
    [InlineData("/embed", """{"inputs":[[7000000]]}""", 422, "Tokenizer")]
    [InlineData("/embed_sparse", """{"inputs":"x"}""", 424, "Backend")]
    [InlineData("/embed_all", """{"inputs":"x"}""", 424, "Backend")]
    [InlineData("/rerank", """{"query":"x","texts":["a"]}""", 424, "Backend")]
    [InlineData("/rerank", """{"query":"x","texts":[]}""", 400, "Empty")]
    [InlineData("/rerank", """{"query":"x","texts":["a",null]}""", 400, "Validation")]
    [InlineData("/predict", """{"inputs":"x"}""", 424, "Backend")]
    [InlineData("/predict", """{"inputs":[["a","b","c"]]}""", 400, "Validation")]
    [InlineData("/similarity", """{"inputs":{"source_sentence":"x","sentences":[]}}""", 400, "Empty")]
    [InlineData("/similarity", """{"inputs":{"source_sentence":"x"}}""", 400, "Validation")]
    [InlineData("/decode", """{"ids":[9999999]}""", 422, "Tokenizer")]
    [InlineData("/decode", """{"ids":"x"}""", 400, "Validation")]
    public async Task An_error_has_the_status_and_the_body_of_TEI(string path, string body, int expected, string type)
    {
        var (status, json) = await shared.Server.PostTextAsync(path, body);
        Assert.Equal((expected, type), (status, json.GetProperty("error_type").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(json.GetProperty("error").GetString()));
        Assert.Equal(2, json.EnumerateObject().Count());
    }

    [Fact]
    public async Task More_inputs_than_allowed_are_413_here()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { MaxInputs = 2 });
        var (status, json) = await server.PostAsync("/embed", new { inputs = new[] { "a", "b", "c" } });
        Assert.Equal((413, "batch size 3 > maximum allowed batch size 2"), (status, json.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Truncate_false_refuses_and_left_keeps_the_end()
    {
        var text = string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"word{i}"));
        var (status, json) = await shared.Server.PostAsync("/embed", new { inputs = text, truncate = false });
        Assert.Equal(413, status);
        Assert.Contains("tokens. Given:", json.GetProperty("error").GetString(), StringComparison.Ordinal);

        var left = Floats(
            (await shared.Server.PostAsync("/embed", new { inputs = text, truncate = true, truncation_direction = "Left" })).Json[0]);
        var right = Floats((await shared.Server.PostAsync("/embed", new { inputs = text, truncate = true })).Json[0]);
        Assert.Equal(1, VectorMath.Cosine(right, SharedServer.Library.Embed(text)), 1e-6);
        Assert.True(VectorMath.Cosine(left, right) < 0.999);
    }

    [Fact]
    public async Task Similarity_is_the_cosine()
    {
        var (_, json) = await shared.Server.PostTextAsync(
            "/similarity",
            """{"inputs":{"source_sentence":"a horse","sentences":["a horse","a pony","the tax law"]},"parameters":{"truncate":true}}""");
        var scores = Floats(json);
        Assert.Equal(1, scores[0], 1e-5);
        Assert.Equal(VectorMath.Cosine(SharedServer.Library.Embed("a horse"), SharedServer.Library.Embed("a pony")), scores[1], 1e-5);
        Assert.True(scores[1] > scores[2]);
    }

    [Fact]
    public async Task Tokens_have_offsets_in_characters_and_decode_gives_the_text_back()
    {
        const string Text = "\U0001F41F Größe";
        var (_, json) = await shared.Server.PostAsync("/tokenize", new { inputs = Text, add_special_tokens = true });
        var tokens = json[0].EnumerateArray().ToArray();
        Assert.Equal(SharedServer.Library.Tokenizer.Encode(Text).Ids, tokens.Select(token => token.GetProperty("id").GetInt32()));
        Assert.All(
            tokens.Where(token => token.GetProperty("special").GetBoolean()),
            token => Assert.Equal(JsonValueKind.Null, token.GetProperty("start").ValueKind));
        Assert.Equal(
            7, tokens.Where(token => !token.GetProperty("special").GetBoolean()).Max(token => token.GetProperty("stop").GetInt32()));

        const string Plain = "Größe und Maß";
        var ids = SharedServer.Library.Tokenizer.Encode(Plain).Ids;
        Assert.Equal(Plain, (await shared.Server.PostAsync("/decode", new { ids })).Json[0].GetString());
        Assert.Equal(2, (await shared.Server.PostAsync("/decode", new { ids = new[] { ids, ids }, skip_special_tokens = false })).Json
            .GetArrayLength());
    }

    [Fact]
    public async Task Info_tells_the_model_and_the_limits()
    {
        using var response = await shared.Server.Client.GetAsync("/info");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("simile/base", json.RootElement.GetProperty("model_id").GetString());
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("model_type").GetProperty("embedding").ValueKind);
        Assert.Equal(SharedServer.Library.MaxSequenceLength, json.RootElement.GetProperty("max_input_length").GetInt32());
        Assert.Equal(2048, json.RootElement.GetProperty("max_client_batch_size").GetInt32());
    }

    [Fact]
    public async Task Metrics_are_text_for_Prometheus_without_texts()
    {
        await shared.Server.PostAsync("/embed", new { inputs = "a secret text" });
        var text = await shared.Server.Client.GetStringAsync("/metrics");
        Assert.Contains("# TYPE simile_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Matches("""simile_server_request_duration_seconds_count\{route="/embed",status="200"\} [1-9]""", text);
        Assert.Matches("""simile_server_tokens_total\{model="simile/base"\} [1-9]""", text);
        Assert.Matches("""simile_server_queue\{model="simile/base"\} [0-9]""", text);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];
}
