using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace EndToEnd;

/// <summary>The tool as a server for agents, started by the client of the official SDK.</summary>
public sealed class McpTests : IDisposable
{
    private readonly Tool _tool = new();

    [Fact]
    public async Task An_agent_starts_the_tool_and_searches_a_folder()
    {
        _tool.Write("notes/birds.md", "The penguin cannot fly.\n");
        await using var client = await StartAsync("mcp", "notes");
        var found = await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "which bird cannot fly" });
        Assert.Contains("birds.md:1", Text(found), StringComparison.Ordinal);
        var read = await client.CallToolAsync("read", new Dictionary<string, object?> { ["path"] = "birds.md" });
        Assert.StartsWith("1\tThe penguin cannot fly.", Text(read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_searches_a_store()
    {
        _tool.Write("notes/birds.md", "The penguin cannot fly.\n");
        _tool.Run("index", "notes", "--store", "notes.simile").Succeeds();
        await using var client = await StartAsync("mcp", "--store", "notes.simile");
        Assert.Contains(
            "birds.md:1",
            Text(await client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "penguins" })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_the_protocol_is_on_standard_output_and_the_end_of_input_ends_it()
    {
        _tool.Write("notes/birds.md", "The penguin cannot fly.\n");
        const string Hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}"""
            + ""","clientInfo":{"name":"t","version":"1"}}}""";
        using var process = _tool.Start("mcp", "notes");
        await process.StandardInput.WriteAsync($"no json\n{Hello}\n");
        await process.StandardInput.FlushAsync();
        var answer = await process.StandardOutput.ReadLineAsync();
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync();
        Assert.Equal(0, Tool.End(process));
        Assert.All(
            $"{answer}\n{rest}".Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("2.0", JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString()));
    }

    [Fact]
    public void A_missing_folder_and_an_empty_store_are_said()
    {
        _tool.Run("mcp", "nothing").FailsWith(1, "nothing");
        _tool.Run("mcp", "--store", "nothing").FailsWith(1, "nothing");
        _tool.Run("mcp", ".", "--store", "x").FailsWith(2, "not both");
    }

    public void Dispose() => _tool.Dispose();

    private async Task<McpClient> StartAsync(params string[] arguments)
    {
        var start = _tool.StartInfo(arguments);
        return await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = start.FileName,
            Arguments = [.. start.ArgumentList],
            WorkingDirectory = start.WorkingDirectory,
            EnvironmentVariables = start.Environment.ToDictionary(pair => pair.Key, pair => pair.Value),
        }));
    }

    private static string Text(CallToolResult answer) =>
        string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
