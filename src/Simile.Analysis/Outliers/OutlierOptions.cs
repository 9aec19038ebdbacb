using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Which method <see cref="Outliers"/> uses, and with how many neighbors or clusters.</summary>
public sealed record OutlierOptions
{
    /// <summary>How outliers are scored.</summary>
    public OutlierMethod Method { get; init; } = OutlierMethod.LocalOutlierFactor;

    /// <summary>
    /// Number of neighbors, at least 1 and less than the number of vectors; null for 20, as in scikit-learn, or for all others if there are
    /// fewer.
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

    /// <summary>The random seed of the HNSW graph and k-means.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "The search for outliers");
        ArgumentOutOfRangeException.ThrowIfNegative(ExactUpTo);
        if (K < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(K), K, "The number of neighbors must be at least 1.");
        }

        if (!Enum.IsDefined(Method))
        {
            throw new ArgumentOutOfRangeException(nameof(Method), Method, "The method does not exist: use a value of the enumeration.");
        }
    }
}
