using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Options of <see cref="Umap"/>, with the names of umap-learn.</summary>
public sealed record UmapOptions
{
    /// <summary>
    /// Number of neighbors of a row, including the row itself as in umap-learn; at least 2, lowered to the number of rows. A greater number
    /// shows more global structure and less detail.
    /// </summary>
    public int Neighbors { get; init; } = 15;

    /// <summary>Minimum distance between neighboring points in the embedding, at least 0 and at most <see cref="Spread"/>.</summary>
    public double MinDist { get; init; } = 0.1;

    /// <summary>The scale of distances in the plane, above 0.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>The metric between the original rows. Default: Euclidean distance.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>The initial positions.</summary>
    public ProjectionStart Start { get; init; } = ProjectionStart.Pca;

    /// <summary>Epochs of descent, at least 0; null for 500 up to 10,000 rows and 200 above, as in umap-learn.</summary>
    public int? Epochs { get; init; }

    /// <summary>The initial learning rate, above 0.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Negative samples: random rows that repel per attracting neighbor, at least 0.</summary>
    public int NegativeSamples { get; init; } = 5;

    /// <summary>The weight of the negative samples, at least 0.</summary>
    public double Repulsion { get; init; } = 1;

    /// <summary>How many of the nearest neighbors get an edge of weight 1, at least 0 and less than <see cref="Neighbors"/>.</summary>
    public double LocalConnectivity { get; init; } = 1;

    /// <summary>How to combine the two directed edges between two rows: 1 is the fuzzy union, 0 the intersection.</summary>
    public double SetOpMixRatio { get; init; } = 1;

    /// <summary>With labels: 0 ignores them, near 1 ignores the rows.</summary>
    public double TargetWeight { get; init; } = 0.5;

    /// <summary>Up to this many rows all pairs are compared to find neighbors; above, an HNSW graph is searched.</summary>
    public int ExactNeighborsUpTo { get; init; } = new NeighborGraphOptions().ExactUpTo;

    /// <summary>The random seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Maximum number of threads, at least 1. The default is the number of cores. The number of threads does not change the result.
    /// </summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs ?? 0, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfNegative(NegativeSamples);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactNeighborsUpTo);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        Check(nameof(Spread), Spread, Spread is > 0 and < 1e6, "above 0");
        Check(nameof(MinDist), MinDist, MinDist >= 0 && MinDist <= Spread, "at least 0 and at most the spread");
        Check(nameof(LearningRate), LearningRate, LearningRate is > 0 and < 1e6, "above 0");
        Check(nameof(Repulsion), Repulsion, Repulsion is >= 0 and < 1e6, "at least 0");
        Check(
            nameof(LocalConnectivity),
            LocalConnectivity,
            LocalConnectivity >= 0 && LocalConnectivity < Neighbors,
            "at least 0 and less than the neighbors");
        Check(nameof(SetOpMixRatio), SetOpMixRatio, SetOpMixRatio is >= 0 and <= 1, "0 to 1");
        Check(nameof(TargetWeight), TargetWeight, TargetWeight is >= 0 and <= 1, "0 to 1");
        Check(nameof(Start), Start, Enum.IsDefined(Start), "a value of the enumeration");
    }

    private static void Check(string name, object value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}
