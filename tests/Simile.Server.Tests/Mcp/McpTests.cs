using System.IO.Pipelines;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Simile.Server.Tests.Mcp;

/// <summary>An agent's session with the client of the official SDK.</summary>
public sealed class McpTests : IAsyncDisposable
{
    private readonly MixedFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private Corpus? _corpus;
    private Task? _server;
    private McpClient? _client;

    [Fact]
    public async Task An_agent_searches_reads_and_finds_what_is_related_in_a_mixed_folder()
    {
        var client = await ConnectAsync();
        Assert.Contains("search", client.ServerInstructions, StringComparison.Ordinal);
        var tools = await client.ListToolsAsync();
        Assert.Equal(["read", "related", "search", "status"], tools.Select(tool => tool.Name).Order());
        Assert.All(
            tools,
            tool => Assert.True(tool.ProtocolTool.Annotations is { ReadOnlyHint: true, OpenWorldHint: false, DestructiveHint: false }));

        var found = await CallAsync("search", new { query = "which bird cannot fly", kind = "text" });
        var first = found.StructuredContent!.Value.GetProperty("results")[0];
        Assert.Equal("notes/birds.md", first.GetProperty("path").GetString());
        Assert.Contains("notes/birds.md:", Text(found), StringComparison.Ordinal);

        var read = await CallAsync("read", new { path = "notes/birds.md", line = 3, lines = 2 });
        Assert.Equal("3\tThe penguin is a bird that cannot fly.\n4\tIt swims in cold water.\n(lines 3 to 4 of 9)", Text(read));
        Assert.Equal(9, read.StructuredContent!.Value.GetProperty("total_lines").GetInt32());

        var related = await CallAsync("related", new { path = "notes/birds.md" });
        var paths = related.StructuredContent!.Value.GetProperty("results").EnumerateArray()
            .Select(hit => hit.GetProperty("path").GetString())
            .ToArray();
        Assert.Contains("notes/taxes.txt", paths);
        Assert.DoesNotContain("notes/birds.md", paths);

        var status = (await CallAsync("status", new { })).StructuredContent!.Value;
        Assert.Equal(4, status.GetProperty("files").GetInt32());
        Assert.Equal(1, status.GetProperty("images").GetInt32());
        Assert.False(status.GetProperty("indexing").GetBoolean());
    }

    [Fact]
    public async Task Pictures_are_image_blocks_and_sounds_audio_blocks()
    {
        await ConnectAsync();
        var found = await CallAsync("search", new { query = "a gray area", kind = "image" });
        Assert.Equal("gray.png", found.StructuredContent!.Value.GetProperty("results")[0].GetProperty("path").GetString());
        Assert.Single(found.Content.OfType<ImageContentBlock>());

        var picture = Assert.Single((await CallAsync("read", new { path = "gray.png" })).Content.OfType<ImageContentBlock>());
        Assert.StartsWith("image/", picture.MimeType, StringComparison.Ordinal);
        Assert.Equal(600, Simile.Imaging.Picture.Load(picture.DecodedData.Span).Width);

        var sound = Assert.Single(
            (await CallAsync("read", new { path = "tone.wav", from = 9.5, seconds = 1 })).Content.OfType<AudioContentBlock>());
        Assert.Equal("audio/wav", sound.MimeType);
        Assert.Equal(1, Simile.Audio.Waveform.Load(sound.DecodedData).Duration.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task Nothing_outside_of_the_folder_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a permission there.");
        await ConnectAsync();
        await CallAsync("search", new { query = "tax" });
        File.Delete(Path.Combine(_folder.Root, "notes", "taxes.txt"));
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "notes", "taxes.txt"), _folder.Secret);
        foreach (var path in new[]
        {
            "../secret.txt", _folder.Secret, "notes/../../secret.txt", "notes/taxes.txt", "/etc/passwd", "notes", ".", "a\0b",
        })
        {
            var answer = await CallAsync("read", new { path });
            Assert.True(answer.IsError, path);
            Assert.DoesNotContain("the secret of", Text(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_call_gets_a_sentence()
    {
        await ConnectAsync();
        await CallAsync("search", new { query = "tax" });
        Assert.Contains(
            "Did you mean notes/birds.md?",
            Text(await CallAsync("read", new { path = "bird.md" }, isError: true)),
            StringComparison.Ordinal);
        Assert.Contains("query", Text(await CallAsync("search", new { }, isError: true)), StringComparison.Ordinal);
        Assert.Contains(
            "1 to 50", Text(await CallAsync("search", new { query = "x", top = 1000 }, isError: true)), StringComparison.Ordinal);
        Assert.Contains(
            "text, image, sound",
            Text(await CallAsync("search", new { query = "x", kind = "video" }, isError: true)),
            StringComparison.Ordinal);
        Assert.Contains(
            "9 lines", Text(await CallAsync("read", new { path = "notes/birds.md", line = 500 }, isError: true)), StringComparison.Ordinal);
        Assert.Contains(
            "page 7",
            Text(await CallAsync("read", new { path = "notes/birds.md", place = "page 7" }, isError: true)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_results_come_by_default_and_below_takes_a_folder()
    {
        for (var i = 0; i < 12; i++)
        {
            _folder.Write($"more{i}.txt", $"Text number {i} about birds.");
        }

        await ConnectAsync();
        Assert.Equal(
            5, (await CallAsync("search", new { query = "birds" })).StructuredContent!.Value.GetProperty("results").GetArrayLength());
        var below = (await CallAsync("search", new { query = "birds", below = "notes", top = 50 })).StructuredContent!.Value
            .GetProperty("results");
        Assert.All(
            below.EnumerateArray(), hit => Assert.StartsWith("notes/", hit.GetProperty("path").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_written_later_is_found()
    {
        await ConnectAsync();
        await CallAsync("search", new { query = "tax" });
        _folder.Write("volcano.txt", "A volcano spews lava over the island.");
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        var found = await CallAsync("search", new { query = "lava and eruptions", kind = "text" });
        Assert.Equal("volcano.txt", found.StructuredContent!.Value.GetProperty("results")[0].GetProperty("path").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        await _stop.CancelAsync();
        if (_server is not null)
        {
            await Task.WhenAny(_server, Task.Delay(TimeSpan.FromSeconds(10)));
            Assert.True(_server.IsCompleted);
        }

        if (_corpus is not null)
        {
            await _corpus.DisposeAsync();
        }

        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task<McpClient> ConnectAsync()
    {
        _corpus = Corpus.OpenTemporary();
        _server = SimileMcpServer.RunAsync(_corpus, [_folder.Root], _toServer.Reader.AsStream(), _toClient.Writer.AsStream(), _stop.Token);
        return _client = await McpClient.CreateAsync(new StreamClientTransport(_toServer.Writer.AsStream(), _toClient.Reader.AsStream()));
    }

    private async Task<CallToolResult> CallAsync(string tool, object arguments, bool? isError = null)
    {
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .ToDictionary(property => property.Name, property => (object?)property.Value);
        var answer = await _client!.CallToolAsync(tool, values);
        Assert.True(isError is null || answer.IsError == isError, Text(answer));
        return answer;
    }

    private static string Text(CallToolResult answer) =>
        string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
