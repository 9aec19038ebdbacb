using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="Duplicates"/> are found.</summary>
public sealed record DuplicateOptions
{
    /// <summary>How vectors are compared.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>The least score of near-duplicates, of the metric: for cosine .95, for instance. Null for what <see cref="Duplicates.SuggestThreshold"/> finds.</summary>
    public float? Threshold { get; init; }

    /// <summary>Whether only equal vectors are duplicates: then no others are compared.</summary>
    public bool ExactOnly { get; init; }

    /// <summary>Nearest vectors of each that are looked at, at least 1. Groups may be larger: what is near a member of a group belongs to it.</summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>Up to this many vectors all pairs are compared; above, an HNSW graph is searched, whose time grows little faster than the vectors.</summary>
    public int ExactUpTo { get; init; } = 10_000;

    /// <summary>Seeds the HNSW graph.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (Threshold is { } threshold && float.IsNaN(threshold))
        {
            throw new ArgumentException("NaN is no threshold: give the least score of near-duplicates.");
        }
    }
}
