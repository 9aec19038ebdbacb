using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>How <see cref="ClusterAnalysis"/> finds clusters.</summary>
public sealed record ClusterOptions
{
    /// <summary>How clusters are found.</summary>
    public ClusterMethod Method { get; init; } = ClusterMethod.KMeans;

    /// <summary>How many clusters k-means finds; null to choose the number of 2 to 12 with the best silhouette.</summary>
    public int? K { get; init; }

    /// <summary>How vectors are compared, by cosine or Euclidean distance; null for <see cref="AnalyzedVectors.Metric"/>.</summary>
    public Metric? Metric { get; init; }

    /// <summary>Fewest items of a cluster of HDBSCAN, at least 2; null for one in a hundred, and at least 5.</summary>
    public int? MinClusterSize { get; init; }

    /// <summary>Resolution of Leiden: greater for more and smaller clusters.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>Decides what is drawn at random.</summary>
    public int Seed { get; init; } = 1;
}
