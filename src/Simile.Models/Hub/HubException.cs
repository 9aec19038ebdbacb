namespace Simile.Models;

/// <summary>A request to the hub failed; the message says what to do.</summary>
public sealed class HubException : IOException
{
    /// <summary>A failure with its reason.</summary>
    public HubException(HubFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The reason.</summary>
    public HubFailure Failure { get; }

    /// <summary>Whether the same request may succeed later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>The pause that the hub asks for; null for none.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
