using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Options of <see cref="Hdbscan"/>, with the names of Python's hdbscan.</summary>
public sealed record HdbscanOptions
{
    /// <summary>Minimum size of a cluster, at least 2.</summary>
    public int MinClusterSize { get; init; } = 5;

    /// <summary>
    /// The core distance is the distance to this neighbor, not counting the vector itself; at least 1. Larger values give more noise. Null
    /// for <see cref="MinClusterSize"/>.
    /// </summary>
    public int? MinSamples { get; init; }

    /// <summary>The metric; not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>How clusters are selected from the tree.</summary>
    public ClusterSelection Selection { get; init; } = ClusterSelection.ExcessOfMass;

    /// <summary>Clusters that split at a smaller distance stay together, at least 0 (Malzer and Baum 2020).</summary>
    public double SelectionEpsilon { get; init; }

    /// <summary>Whether all vectors may form a single cluster.</summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Maximum size of a cluster with <see cref="ClusterSelection.ExcessOfMass"/>; null for no limit.</summary>
    public int? MaxClusterSize { get; init; }

    /// <summary>
    /// Up to this many vectors the spanning tree is exact. Above, neighbors come from an HNSW graph, and components without common
    /// neighbors are joined by the nearest pairs among samples.
    /// </summary>
    public int ExactUpTo { get; init; } = 20_000;

    /// <summary>The seed of the HNSW graph.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "HDBSCAN");
        ArgumentOutOfRangeException.ThrowIfLessThan(MinClusterSize, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (MinSamples < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MinSamples), MinSamples, "MinSamples must be at least 1.");
        }

        if (MaxClusterSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxClusterSize), MaxClusterSize, "The maximum cluster size must be at least 1.");
        }

        if (!(SelectionEpsilon is >= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(SelectionEpsilon), SelectionEpsilon, "The distance must be at least 0.");
        }

        if (!Enum.IsDefined(Selection))
        {
            throw new ArgumentOutOfRangeException(nameof(Selection), Selection, "The selection does not exist.");
        }
    }
}
