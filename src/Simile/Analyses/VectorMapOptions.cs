using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>How a <see cref="VectorMap"/> is made.</summary>
public sealed record VectorMapOptions
{
    /// <summary>How many dimensions become two.</summary>
    public MapMethod Method { get; init; } = MapMethod.TSne;

    /// <summary>What the points are grouped by.</summary>
    public MapColor Color { get; init; } = MapColor.Auto;

    /// <summary>About how many neighbors of each item count for t-SNE, at least 1; at most a third of the items is used.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>How many neighbors of each item count for UMAP, at least 2; at most all others are used.</summary>
    public int Neighbors { get; init; } = 15;

    /// <summary>How vectors are compared; null for <see cref="AnalyzedVectors.Metric"/>.</summary>
    public Metric? Metric { get; init; }

    /// <summary>Decides what is drawn at random: the same vectors and options give the same map.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How clusters are found, where points are grouped by them.</summary>
    public ClusterOptions Clusters { get; init; } = new();
}
