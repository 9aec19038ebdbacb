using System.Text.Json;
using Simile.Server.Http;

namespace Simile.Server.OpenAI;

/// <summary>Errors of OpenAI's API: <c>{"error":{"message","type","param","code"}}</c>. Infinity uses the same.</summary>
internal sealed class OpenAIErrors : ApiErrors
{
    public static OpenAIErrors Instance { get; } = new();

    /// <inheritdoc/>
    public override int Status(FailureKind kind) => CommonStatus(kind) ?? StatusCodes.Status400BadRequest;

    /// <inheritdoc/>
    protected override void Write(Utf8JsonWriter json, RequestFailure failure)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", failure.Message);
        json.WriteString("type", Type(failure.Kind));
        json.WriteString("param", failure.Param);
        json.WriteString("code", failure.Code ?? Code(failure.Kind));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Type(FailureKind kind) => kind switch
    {
        FailureKind.Overloaded => "rate_limit_error",
        FailureKind.Internal or FailureKind.Unhealthy => "server_error",
        FailureKind.Unauthorized => "authentication_error",
        FailureKind.Forbidden => "permission_error",
        _ => "invalid_request_error",
    };

    private static string? Code(FailureKind kind) => kind switch
    {
        FailureKind.Overloaded => "rate_limit_exceeded",
        FailureKind.Unauthorized => "invalid_api_key",
        _ => null,
    };
}
