using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Simile.Server.Mcp;

/// <summary>The tools for agents over a corpus.</summary>
internal sealed class CorpusTools : IAsyncDisposable
{
    private const string Instructions =
        "Files of a folder (texts, documents, code, pictures, sounds) searched by meaning. Call search with a question or a description, "
        + "then read with the path and line of a result. "
        + "related finds what resembles a file. status tells what is indexed. All paths are relative to the indexed folder; "
        + "lines are counted from 1.";

    private readonly CorpusUpdate _update;

    /// <param name="corpus">The corpus. Not owned.</param>
    /// <param name="folders">The folders that the corpus is kept up to date with; empty for a corpus that is only read.</param>
    public CorpusTools(Corpus corpus, IReadOnlyList<string> folders)
    {
        _update = new CorpusUpdate(corpus, folders);
        var files = new CorpusFiles(corpus, folders);
        Tools = [new SearchTool(corpus, files, _update), new ReadTool(files), new RelatedTool(corpus, files, _update), new StatusTool(
            corpus, files, _update)];
    }

    public IReadOnlyList<McpServerTool> Tools { get; }

    /// <summary>The options of an MCP server with these tools.</summary>
    public void Configure(McpServerOptions options)
    {
        options.ServerInfo = new Implementation { Name = "simile", Version = typeof(CorpusTools).Assembly.GetName().Version!.ToString(3) };
        options.ServerInstructions = Instructions;
        options.ToolCollection = [.. Tools];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _update.DisposeAsync();
}
