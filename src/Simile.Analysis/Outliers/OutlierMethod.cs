namespace Simile.Analysis;

/// <summary>How outliers are scored.</summary>
public enum OutlierMethod
{
    /// <summary>
    /// Local outlier factor (Breunig et al. 2000): how much lower a vector's density is than that of its neighbors. About 1 for inliers, at
    /// any density.
    /// </summary>
    LocalOutlierFactor,

    /// <summary>The distance to the k-th nearest other vector. Finds vectors far from all others.</summary>
    NeighborDistance,

    /// <summary>The distance to the mean of its cluster, divided by the median distance in that cluster. About 1 for inliers.</summary>
    ClusterDistance,
}
