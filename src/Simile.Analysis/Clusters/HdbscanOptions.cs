using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="Hdbscan"/> finds clusters; the names are those of Python's hdbscan.</summary>
public sealed record HdbscanOptions
{
    /// <summary>Fewest vectors of a cluster, at least 2.</summary>
    public int MinClusterSize { get; init; } = 5;

    /// <summary>Which neighbor's distance is the core distance, at least 1, the vector itself not counted: more makes more vectors noise. Null for <see cref="MinClusterSize"/>.</summary>
    public int? MinSamples { get; init; }

    /// <summary>How vectors are compared: not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>How clusters are taken out of the tree.</summary>
    public ClusterSelection Selection { get; init; } = ClusterSelection.ExcessOfMass;

    /// <summary>Clusters that part at a smaller distance than this stay together, at least 0 (Malzer and Baum 2020).</summary>
    public double SelectionEpsilon { get; init; }

    /// <summary>Whether all vectors may be one cluster.</summary>
    public bool AllowSingleCluster { get; init; }

    /// <summary>Most vectors of a cluster under <see cref="ClusterSelection.ExcessOfMass"/>; null for any number.</summary>
    public int? MaxClusterSize { get; init; }

    /// <summary>
    /// Up to this many vectors the spanning tree is exact. Above, the neighbors come from an HNSW graph, and clusters that no neighbors join are joined
    /// by the nearest pairs found from samples.
    /// </summary>
    public int ExactUpTo { get; init; } = 20_000;

    /// <summary>Seeds the HNSW graph.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "HDBSCAN");
        ArgumentOutOfRangeException.ThrowIfLessThan(MinClusterSize, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (MinSamples < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MinSamples), MinSamples, "A core distance is that to a neighbor: MinSamples is at least 1.");
        }

        if (MaxClusterSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxClusterSize), MaxClusterSize, "A cluster holds at least 1 vector.");
        }

        if (!(SelectionEpsilon is >= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(SelectionEpsilon), SelectionEpsilon, "A distance is a number of at least 0.");
        }

        if (!Enum.IsDefined(Selection))
        {
            throw new ArgumentOutOfRangeException(nameof(Selection), Selection, "There is no such way to select clusters.");
        }
    }
}
