using System.Text.Json;
using Simile.Server.Http;

namespace Simile.Server.Cohere;

/// <summary>Errors of Cohere's API: <c>{"message"}</c>.</summary>
internal sealed class CohereErrors : ApiErrors
{
    public static CohereErrors Instance { get; } = new();

    /// <inheritdoc/>
    public override int Status(FailureKind kind) =>
        kind is FailureKind.Tokenizer ? StatusCodes.Status422UnprocessableEntity : CommonStatus(kind) ?? StatusCodes.Status400BadRequest;

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, RequestFailure failure)
    {
        json.WriteStartObject();
        json.WriteString("message", failure.Message);
        json.WriteEndObject();
    }
}
