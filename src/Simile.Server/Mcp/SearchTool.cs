using ModelContextProtocol.Protocol;

namespace Simile.Server.Mcp;

/// <summary>The tool search.</summary>
internal sealed class SearchTool(Corpus corpus, CorpusFiles files, CorpusUpdate update) : CorpusTool(
    "search",
    "Search files by meaning",
    "Finds passages of texts and documents, pictures and sounds that answer a question or resemble a description, by meaning, "
    + "in any language. Use it before guessing where something is. Paths and lines in the result go to read.",
    """
    {"type":"object","properties":{
      "query":{"type":"string","description":"a question, or a description of what is looked for"},
      "top":{"type":"integer","minimum":1,"maximum":50,"default":5,"description":"maximum number of results"},
      "kind":{"type":"string","enum":["text","image","sound"],"description":"only results of this kind"},
      "below":{"type":"string","description":"only files below this folder, as a relative path"}},
      "required":["query"]}
    """,
    HitAnswer.Schema)
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var query = arguments.RequireText("query");
        var options = new SearchOptions
        {
            Top = arguments.Number("top", 5, 1, 50),
            Kinds = Kinds(arguments),
            Below = await BelowAsync(arguments, cancellationToken).ConfigureAwait(false),
        };
        await update.WaitAsync(cancellationToken).ConfigureAwait(false);
        var hits = await corpus.SearchAsync(query, options, cancellationToken).ConfigureAwait(false);
        return await new HitAnswer(files).WriteAsync(hits, update.Note, Json, cancellationToken).ConfigureAwait(false);
    }

    private static MediaKind[]? Kinds(ToolArguments arguments) => arguments.Choice("kind", "text", "image", "sound") switch
    {
        "text" => [MediaKind.Text],
        "image" => [MediaKind.Image],
        "sound" => [MediaKind.Sound],
        _ => null,
    };

    private async Task<string[]?> BelowAsync(ToolArguments arguments, CancellationToken cancellationToken) =>
        arguments.Text("below") is { Length: > 0 } below
            ? [Path.Combine(await files.RootAsync(cancellationToken).ConfigureAwait(false), below.Replace('\0', ' '))]
            : null;
}
