using Simile.Sync;

namespace Simile.Analyses;

/// <summary>What was read for an analysis.</summary>
/// <param name="Vectors">What is analyzed.</param>
public sealed record AnalysisInput(AnalyzedVectors Vectors)
{
    /// <summary>What the synchronization of files did; null for a store and a file of vectors.</summary>
    public SyncReport? Report { get; init; }

    /// <summary>What the model makes vectors of; empty for a store and a file of vectors.</summary>
    public IReadOnlyList<MediaKind> Kinds { get; init; } = [];

    /// <summary>Why nothing is kept for the next time; null where the cache was used, or was not wanted.</summary>
    public Exception? NotCached { get; init; }

    /// <summary>Why the cache was rebuilt and everything was embedded again; null if it was not.</summary>
    public Exception? Renewed { get; init; }
}
