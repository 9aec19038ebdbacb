namespace Simile.Analysis;

/// <summary>What makes a vector unusual.</summary>
public enum OutlierMethod
{
    /// <summary>
    /// Local outlier factor (Breunig et al. 2000): how much sparser it lies than its neighbors do. About 1 for usual vectors, whatever the
    /// density around them.
    /// </summary>
    LocalOutlierFactor,

    /// <summary>The distance to the k-th nearest vector, itself not counted: what lies far from everything.</summary>
    NeighborDistance,

    /// <summary>The distance to the mean of its cluster, divided by the median of such distances in that cluster: 1 is usual.</summary>
    ClusterDistance,
}
