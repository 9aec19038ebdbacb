using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Which score makes two items <see cref="Duplicates"/>, and whether the search is exact.</summary>
public sealed record DuplicateOptions
{
    /// <summary>How two vectors are compared. Cosine by default, which suits most embeddings.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>
    /// Minimum score of near-duplicates, for example .95 for cosine. Null for the result of <see cref="Duplicates.SuggestThreshold"/>.
    /// </summary>
    public float? Threshold { get; init; }

    /// <summary>Whether only equal vectors are duplicates.</summary>
    public bool ExactOnly { get; init; }

    /// <summary>
    /// Number of nearest neighbors to inspect per vector, at least 1. Groups may be larger, because they are connected through neighbors.
    /// </summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>
    /// Up to this many vectors all pairs are compared. Above, an HNSW graph is searched, whose time grows almost linearly.
    /// </summary>
    public int ExactUpTo { get; init; } = 10_000;

    /// <summary>The seed of the HNSW graph.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (Threshold is { } threshold && float.IsNaN(threshold))
        {
            throw new ArgumentException("The threshold must not be NaN: give the minimum score of near-duplicates.");
        }
    }
}
