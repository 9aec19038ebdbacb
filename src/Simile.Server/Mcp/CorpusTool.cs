using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Simile.Server.Mcp;

/// <summary>A tool over a corpus. It reads and changes nothing. Failures are sentences for the agent.</summary>
/// <param name="name">The name by which agents call it.</param>
/// <param name="title">The name for people.</param>
/// <param name="description">When to use it.</param>
/// <param name="input">The JSON schema of its arguments.</param>
/// <param name="output">The JSON schema of its structured content; null if it has none.</param>
internal abstract class CorpusTool(string name, string title, string description, string input, string? output) : McpServerTool
{
    /// <inheritdoc/>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = Parse(input),
        OutputSchema = output is null ? null : Parse(output),
        Annotations = new ToolAnnotations
        {
            Title = title,
            ReadOnlyHint = true,
            IdempotentHint = true,
            DestructiveHint = false,
            OpenWorldHint = false,
        },
    };

    /// <inheritdoc/>
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc/>
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunAsync(new ToolArguments(request.Params?.Arguments), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or FileNotFoundException or InvalidDataException
            or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = e.Message }] };
        }
    }

    protected abstract Task<CallToolResult> RunAsync(ToolArguments arguments, CancellationToken cancellationToken);

    protected static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>JSON written by hand, as an element.</summary>
    protected static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
