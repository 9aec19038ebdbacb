namespace Simile.Analysis;

/// <summary>The quality of a number of clusters.</summary>
/// <param name="K">The number of clusters.</param>
/// <param name="Inertia">The sum of the squared distances to the centroids.</param>
/// <param name="Silhouette">The mean silhouette, in [−1, 1]; 0 if it is undefined.</param>
public readonly record struct ClusterTrial(int K, double Inertia, double Silhouette);
