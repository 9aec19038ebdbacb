using System.Globalization;
using ModelContextProtocol.Protocol;

namespace Simile.Server.Mcp;

/// <summary>The tool status.</summary>
internal sealed class StatusTool(Corpus corpus, CorpusFiles files, CorpusUpdate update) : CorpusTool(
    "status",
    "What is indexed",
    "Tells what is indexed: the folder, the model, how many files, passages, pictures and parts of sounds, "
    + "and whether indexing is still running.",
    """{"type":"object","properties":{}}""",
    """
    {"type":"object","properties":{
      "root":{"type":"string"},"model":{"type":"string"},"files":{"type":"integer"},
      "passages":{"type":"integer"},"images":{"type":"integer"},
      "sounds":{"type":"integer"},"indexing":{"type":"boolean"},"skipped":{"type":"integer"},"problem":{"type":"string"}},
      "required":["root","files","passages","images","sounds","indexing"]}
    """)
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var root = await files.RootAsync(cancellationToken).ConfigureAwait(false);
        var count = await corpus.CountFilesAsync(cancellationToken).ConfigureAwait(false);
        var (passages, images, sounds) = (await CountAsync(MediaKind.Text).ConfigureAwait(false),
            await CountAsync(MediaKind.Image).ConfigureAwait(false), await CountAsync(MediaKind.Sound).ConfigureAwait(false));
        var (isRunning, skipped) = (update.IsRunning, update.Last?.Skipped.Count ?? 0);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{root}: {count} files with {passages} passages, {images} pictures and {sounds} parts of sounds, "
            + $"by {corpus.ModelName ?? "no model yet"}. {update.Note}");
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = text.TrimEnd() }],
            StructuredContent = Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("root", root);
                if (corpus.ModelName is { } model)
                {
                    json.WriteString("model", model);
                }

                json.WriteNumber("files", count);
                json.WriteNumber("passages", passages);
                json.WriteNumber("images", images);
                json.WriteNumber("sounds", sounds);
                json.WriteBoolean("indexing", isRunning);
                json.WriteNumber("skipped", skipped);
                if (update.Failure is { } problem)
                {
                    json.WriteString("problem", problem);
                }

                json.WriteEndObject();
            }),
        };

        Task<int> CountAsync(MediaKind kind) => corpus.CountAsync(kind, cancellationToken);
    }
}
