using System.Text.Json;

namespace Simile.Server.Http;

/// <summary>How an API tells of failures: the status and the body that its clients expect.</summary>
internal abstract class ApiErrors
{
    /// <summary>The HTTP status of a failure.</summary>
    public abstract int Status(FailureKind kind);

    /// <summary>Writes the body.</summary>
    protected abstract void Write(Utf8JsonWriter json, RequestFailure failure);

    /// <summary>Answers a request with a failure.</summary>
    public async Task WriteAsync(HttpContext context, RequestFailure failure)
    {
        var response = context.Response;
        response.StatusCode = Status(failure.Kind);
        response.ContentType = "application/json";
        if (failure.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds))
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (failure.Kind == FailureKind.Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        await JsonAnswer.WriteAsync(context, json => Write(json, failure)).ConfigureAwait(false);
    }

    /// <summary>The statuses on which all APIs agree; null for the others.</summary>
    protected static int? CommonStatus(FailureKind kind) => kind switch
    {
        FailureKind.Malformed => StatusCodes.Status400BadRequest,
        FailureKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureKind.Slow => StatusCodes.Status408RequestTimeout,
        FailureKind.Overloaded => StatusCodes.Status429TooManyRequests,
        FailureKind.Unhealthy => StatusCodes.Status503ServiceUnavailable,
        FailureKind.NotFound => StatusCodes.Status404NotFound,
        FailureKind.Unauthorized => StatusCodes.Status401Unauthorized,
        FailureKind.Forbidden => StatusCodes.Status403Forbidden,
        FailureKind.MediaType => StatusCodes.Status415UnsupportedMediaType,
        FailureKind.Internal => StatusCodes.Status500InternalServerError,
        _ => null,
    };
}
