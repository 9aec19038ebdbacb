namespace Simile.Analysis;

/// <summary>How well k clusters fit.</summary>
/// <param name="K">The number of clusters.</param>
/// <param name="Inertia">The sum of the squared distances to the centroids.</param>
/// <param name="Silhouette">The mean silhouette, in [−1, 1]; 0 where there is none.</param>
public readonly record struct ClusterTrial(int K, double Inertia, double Silhouette);
