using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="Outliers"/> are found.</summary>
public sealed record OutlierOptions
{
    /// <summary>What makes a vector unusual.</summary>
    public OutlierMethod Method { get; init; } = OutlierMethod.LocalOutlierFactor;

    /// <summary>
    /// Neighbors that count, at least 1 and fewer than there are vectors; null for 20, as scikit-learn takes, or as many as there are.
    /// </summary>
    public int? K { get; init; }

    /// <summary>The metric; not <see cref="Metric.Dot"/>.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>
    /// The cluster of each vector, for <see cref="OutlierMethod.ClusterDistance"/>, −1 for none; null to find clusters by k-means.
    /// </summary>
    public IReadOnlyList<int>? Clusters { get; init; }

    /// <summary>Up to this many vectors all pairs are compared; above, an HNSW graph is searched.</summary>
    public int ExactUpTo { get; init; } = 20_000;

    /// <summary>Seeds the HNSW graph and k-means.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "The search for outliers");
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (K < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(K), K, "At least 1 neighbor counts.");
        }

        if (!Enum.IsDefined(Method))
        {
            throw new ArgumentOutOfRangeException(nameof(Method), Method, "There is no such method.");
        }
    }
}
