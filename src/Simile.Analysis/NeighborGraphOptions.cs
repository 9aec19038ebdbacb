using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How a <see cref="NeighborGraph"/> is made.</summary>
public sealed record NeighborGraphOptions
{
    /// <summary>Neighbors of each row, itself not counted; at least 1 and fewer than there are rows.</summary>
    public int K { get; init; } = 15;

    /// <summary>How two rows are compared. Euclidean by default.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>
    /// Up to this many rows all pairs are compared; above, an HNSW graph is searched, whose time grows little faster than the rows.
    /// </summary>
    public int ExactUpTo { get; init; } = 20_000;

    /// <summary>The share of the true neighbors that an HNSW graph must find in a sample, above 0 and at most 1.</summary>
    public double Recall { get; init; } = 0.95;

    /// <summary>The seed of the HNSW graph.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Maximum number of threads that search, at least 1; all cores by default. An HNSW graph is always built on all cores. The answer does
    /// not depend on it.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(K, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        if (!(Recall is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Recall), Recall, "A recall is above 0 and at most 1.");
        }
    }
}
