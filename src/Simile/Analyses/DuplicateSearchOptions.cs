using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>How <see cref="DuplicateSearch"/> finds duplicates.</summary>
public sealed record DuplicateSearchOptions
{
    /// <summary>
    /// The least score of near-duplicates, of the metric: for cosine .95, for instance. Null for one that the data suggests, for each kind.
    /// </summary>
    public float? Threshold { get; init; }

    /// <summary>Which item of a group is kept.</summary>
    public KeepPolicy Keep { get; init; } = KeepPolicy.First;

    /// <summary>Whether only equal files, or equal vectors, count.</summary>
    public bool ExactOnly { get; init; }

    /// <summary>How vectors are compared.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>Seeds the search for neighbors of many vectors.</summary>
    public int Seed { get; init; } = 1;
}
