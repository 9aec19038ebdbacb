using System.Net.Http.Json;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Simile.Server.Tests.Collections;

public sealed class CollectionTests(IndexedStore store) : IClassFixture<IndexedStore>
{
    private const string Search = "/collections/notes/search";

    [Fact]
    public async Task Collections_are_listed_with_counts()
    {
        var all = await store.Server.Client.GetFromJsonAsync<JsonElement>("/collections");
        var one = await store.Server.Client.GetFromJsonAsync<JsonElement>("/collections/notes");
        Assert.Equal(one.GetRawText(), all.GetProperty("collections")[0].GetRawText());
        Assert.Equal((4, 1), (one.GetProperty("files").GetInt32(), one.GetProperty("images").GetInt32()));
    }

    [Fact]
    public async Task A_text_a_vector_and_a_file_find_what_is_like_them()
    {
        var (status, byText) = await store.Server.PostAsync(
            Search, new { text = "which bird cannot fly", mode = "vector", kinds = new[] { "text" }, top = 1 });
        Assert.Equal(200, status);
        Assert.Equal("notes/birds.md", Paths(byText).Single());

        using var library = TextEmbedder.Load();
        var (_, byVector) = await store.Server.PostAsync(
            Search, new { vector = library.EmbedQuery("which bird cannot fly"), kinds = new[] { "text" }, top = 1 });
        Assert.Equal(byText.GetRawText(), byVector.GetRawText());

        var (_, byPath) = await store.Server.PostAsync(Search, new { path = "notes/birds.md" });
        Assert.DoesNotContain("notes/birds.md", Paths(byPath));
        Assert.Contains("notes/taxes.txt", Paths(byPath));
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("keyword")]
    public async Task A_text_finds_by_its_words(string mode)
    {
        var (status, found) = await store.Server.PostAsync(Search, new { text = "income tax", mode });
        Assert.Equal(200, status);
        Assert.Equal("notes/taxes.txt", Paths(found).First());
    }

    [Fact]
    public async Task A_picture_and_a_sound_find_themselves()
    {
        var (status, byImage) = await store.Server.PostAsync(Search, new { image = Pictures.DataUri(600, 300), kinds = new[] { "image" } });
        Assert.Equal(200, status);
        Assert.Equal(1, byImage.GetProperty("hits")[0].GetProperty("score").GetSingle(), 1e-3f);
        var (_, bySound) = await store.Server.PostAsync(
            Search, new { sound = "data:audio/wav;base64," + Convert.ToBase64String(Sounds.Wave(16000 * 5)), kinds = new[] { "sound" } });
        Assert.Equal("tone.wav", bySound.GetProperty("hits")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Items_of_a_file_are_got_by_its_key()
    {
        var json = await store.Server.Client.GetFromJsonAsync<JsonElement>("/collections/notes/items?path=notes/taxes.txt");
        Assert.Contains("Income tax", json.GetProperty("items")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"x","path":"y"}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"text":"x","top":0}""", 400)]
    [InlineData("""{"text":"x","kinds":["video"]}""", 400)]
    [InlineData("""{"text":"x","mode":"magic"}""", 400)]
    [InlineData("""{"vector":[1,2,3]}""", 400)]
    [InlineData("""{"path":"../secret.txt"}""", 404)]
    [InlineData("""{"path":"/etc/passwd"}""", 404)]
    [InlineData("""{"image":"data:image/png;base64,aGVsbG8="}""", 400)]
    [InlineData("""{"image":"/etc/passwd"}""", 400)]
    public async Task A_wrong_search_is_refused(string body, int expected)
    {
        var (status, json) = await store.Server.PostTextAsync(Search, body);
        Assert.Equal(expected, status);
        Assert.DoesNotContain(Path.GetTempPath(), json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_404()
    {
        Assert.Equal(404, (await store.Server.PostTextAsync("/collections/other/search", """{"text":"x"}""")).Status);
        Assert.Equal(404, (int)(await store.Server.Client.GetAsync("/collections/other")).StatusCode);
        Assert.Equal(404, (int)(await store.Server.Client.GetAsync("/collections/notes/items?path=none.txt")).StatusCode);
        Assert.Equal(404, (int)(await store.Server.Client.GetAsync("/no/such/route")).StatusCode);
    }

    [Fact]
    public async Task Agents_use_the_first_collection_over_HTTP()
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(store.Server.Address, "mcp") }));
        var answer = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "which bird cannot fly" });
        Assert.Contains(
            "notes/birds.md",
            string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text)),
            StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(403, (int)(await store.Server.Client.SendAsync(request)).StatusCode);
    }

    private static IEnumerable<string?> Paths(JsonElement json) =>
        json.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("path").GetString());
}
