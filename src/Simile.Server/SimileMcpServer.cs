using ModelContextProtocol.Server;
using Simile.Server.Mcp;

namespace Simile.Server;

/// <summary>
/// Gives agents the tools search, read, related and status over a corpus, by the Model Context Protocol (MCP) over two streams. The tools
/// read indexed files and change nothing.
/// </summary>
public static class SimileMcpServer
{
    /// <summary>Serves one agent until it closes its stream.</summary>
    /// <param name="corpus">The corpus. The caller keeps ownership.</param>
    /// <param name="folders">
    /// Folders that the corpus is kept up to date with: at the start, and before a search. Empty for a corpus that is only read.
    /// </param>
    /// <param name="input">The messages of the agent, such as standard input.</param>
    /// <param name="output">The messages to the agent, such as standard output. Nothing else may be written to it.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    public static async Task RunAsync(
        Corpus corpus, IReadOnlyList<string> folders, Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(folders);
        await using var tools = new CorpusTools(corpus, folders);
        var options = new McpServerOptions();
        tools.Configure(options);
        await using var transport = new StreamServerTransport(input, output, "simile");
        await using var server = McpServer.Create(transport, options);
        await server.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
