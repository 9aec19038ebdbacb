namespace Simile.Analyses;

/// <summary>How clusters are found.</summary>
public enum ClusterMethod
{
    /// <summary>Around means; the number of clusters is given, or chosen by silhouettes.</summary>
    KMeans,

    /// <summary>By density, of any shape; what belongs nowhere is noise.</summary>
    Hdbscan,

    /// <summary>Communities of the graph of nearest neighbors.</summary>
    Leiden,
}
