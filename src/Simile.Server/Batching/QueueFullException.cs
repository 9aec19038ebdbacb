namespace Simile.Server.Batching;

/// <summary>The queue of a model has no room for a request.</summary>
/// <param name="retryAfter">The time in which the waiting work will be done, estimated.</param>
internal sealed class QueueFullException(TimeSpan retryAfter) : Exception("The model has more work waiting than it may: try again later.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
