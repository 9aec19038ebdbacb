using System.Text.Json;
using Simile.Server.Http;

namespace Simile.Server.Tei;

/// <summary>Errors of text-embeddings-inference: <c>{"error","error_type"}</c>.</summary>
internal sealed class TeiErrors : ApiErrors
{
    public static TeiErrors Instance { get; } = new();

    /// <inheritdoc/>
    public override int Status(FailureKind kind) => kind switch
    {
        FailureKind.Empty => StatusCodes.Status400BadRequest,
        FailureKind.Validation => StatusCodes.Status413PayloadTooLarge,
        FailureKind.Tokenizer => StatusCodes.Status422UnprocessableEntity,
        FailureKind.Backend => StatusCodes.Status424FailedDependency,
        _ => CommonStatus(kind)!.Value,
    };

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, RequestFailure failure)
    {
        json.WriteStartObject();
        json.WriteString("error", failure.Message);
        json.WriteString("error_type", Type(failure.Kind));
        json.WriteEndObject();
    }

    private static string Type(FailureKind kind) => kind switch
    {
        FailureKind.Empty => "Empty",
        FailureKind.Tokenizer => "Tokenizer",
        FailureKind.Overloaded => "Overloaded",
        FailureKind.Unhealthy => "Unhealthy",
        FailureKind.Backend or FailureKind.Internal or FailureKind.NotFound => "Backend",
        _ => "Validation",
    };
}
