namespace Simile.Server.Http;

/// <summary>A request that is refused, with a sentence for its client.</summary>
internal sealed class RequestFailure(FailureKind kind, string message) : Exception(message)
{
    public FailureKind Kind => kind;

    public static RequestFailure TooLarge(long most) =>
        new(FailureKind.TooLarge, $"The request is larger than {most:N0} bytes: send fewer inputs at a time.");

    /// <summary>The field of the request that is wrong; null if none is.</summary>
    public string? Param { get; init; }

    /// <summary>A word for programs, such as model_not_found; null if there is none.</summary>
    public string? Code { get; init; }

    /// <summary>When to try again; null if unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
