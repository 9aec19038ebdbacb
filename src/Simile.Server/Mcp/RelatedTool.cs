using ModelContextProtocol.Protocol;

namespace Simile.Server.Mcp;

/// <summary>The tool related.</summary>
internal sealed class RelatedTool(Corpus corpus, CorpusFiles files, CorpusUpdate update) : CorpusTool(
    "related",
    "Find files like a file",
    "Finds what resembles an indexed file: texts on the same subject, pictures that look alike, sounds that sound alike, "
    + "and across these kinds.",
    """
    {"type":"object","properties":{
      "path":{"type":"string","description":"the path of an indexed file, as search shows it"},
      "top":{"type":"integer","minimum":1,"maximum":50,"default":5,"description":"maximum number of results"}},
      "required":["path"]}
    """,
    HitAnswer.Schema)
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (path, _) = await files.FindAsync(arguments.RequireText("path"), cancellationToken).ConfigureAwait(false);
        var hits = await corpus.SearchAsync(
            CorpusQuery.Like(path), new SearchOptions { Top = arguments.Number("top", 5, 1, 50) }, cancellationToken).ConfigureAwait(false);
        return await new HitAnswer(files).WriteAsync(hits, update.Note, Json, cancellationToken).ConfigureAwait(false);
    }
}
