using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Simile.Server.Tests.Infinity;

public sealed class InfinityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Pictures_get_the_vectors_of_the_library_by_both_routes()
    {
        var picture = Pictures.Png(60, 40);
        using var library = MediaEmbeddingGenerator.Load();
        var expected = await library.GenerateVectorAsync(new DataContent(picture, "image/png"));
        var uri = "data:image/png;base64," + Convert.ToBase64String(picture);

        var (status, one) = await shared.Server.PostAsync("/embeddings_image", new { model = "simile/base", input = uri });
        var (_, two) = await shared.Server.PostAsync(
            "/v1/embeddings", new { model = "simile/base", input = new[] { uri, uri }, modality = "image" });
        Assert.Equal(200, status);
        Assert.Equal(2, two.GetProperty("data").GetArrayLength());
        Assert.All(expected.ToArray().Zip(Floats(one)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal(Floats(one), Floats(two));
    }

    [Fact]
    public async Task Sounds_get_vectors()
    {
        var (status, json) = await shared.Server.PostAsync(
            "/embeddings_audio", new { input = "data:audio/wav;base64," + Convert.ToBase64String(Sounds.Wave(16000)) });
        Assert.Equal(200, status);
        Assert.Equal(SharedServer.Library.Dimensions, Floats(json).Length);
    }

    [Theory]
    [InlineData("https://example.com/cat.png", "does not fetch URLs")]
    [InlineData("file:///etc/passwd", "data URI")]
    [InlineData("/etc/passwd", "data URI")]
    [InlineData("data:image/png;base64,%%%", "base64")]
    [InlineData("data:image/png;base64,", "base64")]
    [InlineData("data:image/png,abc", "data:image/")]
    [InlineData("data:text/plain;base64,aGk=", "data:image/")]
    [InlineData("data:audio/wav;base64,aGk=", "data:image/")]
    [InlineData("data:image/png;base64,aGVsbG8=", "Input 0")]
    public async Task A_picture_that_is_none_is_refused_with_a_sentence(string input, string words)
    {
        var (status, json) = await shared.Server.PostAsync("/embeddings_image", new { input });
        Assert.Equal(400, status);
        Assert.Contains(words, json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_one_pixel_is_embedded_and_one_of_900_million_is_refused()
    {
        Assert.Equal(200, (await shared.Server.PostAsync("/embeddings_image", new { input = Pictures.DataUri(1, 1) })).Status);
        var (status, json) = await shared.Server.PostAsync("/embeddings_image", new { input = Pictures.DataUri(30_000, 30_000) });
        Assert.Equal(400, status);
        Assert.StartsWith("Input 0", json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_picture_of_one_request_fails_no_other()
    {
        var good = Pictures.DataUri(20, 20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            shared.Server.PostAsync("/embeddings_image", new { input = i % 2 == 0 ? good : "data:image/png;base64,aGVsbG8=" })));
        Assert.Equal([200, 400, 200, 400, 200, 400, 200, 400], answers.Select(answer => answer.Status));
    }

    private static float[] Floats(JsonElement json) =>
        [.. json.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];
}
