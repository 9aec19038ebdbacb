using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Measures of cluster quality from the vectors alone.</summary>
/// <remarks>
/// Equal to scikit-learn's: labels may be any numbers, and −1 (noise) is an ordinary label; remove noise to rate only the clusters. All
/// throw <see cref="ArgumentException"/> if the numbers of labels and vectors differ, or if there are fewer than 2 clusters or as many as
/// vectors.
/// </remarks>
public static class ClusterScores
{
    /// <summary>
    /// The mean silhouette, in [−1, 1], greater is better: (b − a) / max(a, b), with the mean distance a to the own cluster and b to the
    /// nearest other one (Rousseeuw 1987).
    /// </summary>
    /// <param name="vectors">n × d.</param>
    /// <param name="labels">The cluster of each.</param>
    /// <param name="metric">The metric; not <see cref="Metric.Dot"/>.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <remarks>Compares all pairs. A sample of a few thousand vectors is usually enough.</remarks>
    public static double Silhouette(
        VectorMatrix vectors, IReadOnlyList<int> labels, Metric metric = Metric.L2, CancellationToken cancellationToken = default)
    {
        Inputs.CheckMetric(metric, "A silhouette");
        var clusters = new LabelNumbers(vectors, labels);
        var distances = new Distances(vectors, metric);
        var silhouettes = new double[vectors.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, vectors.Count, options, () => (new float[vectors.Count], new double[clusters.Count]), (i, _, memory) =>
        {
            silhouettes[i] = Silhouette(i, distances, clusters, memory.Item1, memory.Item2);
            return memory;
        }, _ => { });
        return silhouettes.Average();
    }

    /// <summary>
    /// The Davies-Bouldin index, at least 0, less is better: the ratio of cluster widths to the distance of their means, for each cluster's
    /// worst other cluster.
    /// </summary>
    public static double DaviesBouldin(VectorMatrix vectors, IReadOnlyList<int> labels)
    {
        var clusters = new LabelNumbers(vectors, labels);
        var means = clusters.Means(vectors);
        var width = new double[clusters.Count];
        for (var i = 0; i < vectors.Count; i++)
        {
            width[clusters[i]] += Math.Sqrt(Squared(vectors[i], means[clusters[i]])) / clusters.Size(clusters[i]);
        }

        var sum = 0.0;
        for (var a = 0; a < clusters.Count; a++)
        {
            sum += Enumerable.Range(0, clusters.Count).Where(b => b != a)
                .Max(b => Ratio(width[a] + width[b], Math.Sqrt(Squared(means[a], means[b]))));
        }

        return sum / clusters.Count;
    }

    /// <summary>The Calinski-Harabasz index, greater is better: the ratio of the variance between clusters to that within them.</summary>
    public static double CalinskiHarabasz(VectorMatrix vectors, IReadOnlyList<int> labels)
    {
        var clusters = new LabelNumbers(vectors, labels);
        var means = clusters.Means(vectors);
        var all = Enumerable.Range(0, vectors.Dimensions)
            .Select(j => Enumerable.Range(0, clusters.Count).Sum(c => means[c][j] * clusters.Size(c)) / vectors.Count)
            .ToArray();
        var between = Enumerable.Range(0, clusters.Count).Sum(c => clusters.Size(c) * Squared(all, means[c]));
        var within = Enumerable.Range(0, vectors.Count).Sum(i => Squared(vectors[i], means[clusters[i]]));
        return within == 0 ? 1 : between * (vectors.Count - clusters.Count) / (within * (clusters.Count - 1.0));
    }

    private static double Silhouette(int i, Distances distances, LabelNumbers clusters, float[] row, double[] sums)
    {
        var own = clusters[i];
        if (clusters.Size(own) == 1)
        {
            return 0;
        }

        distances.Write(i, 0, row);
        row[i] = 0; // rounding may leave a little
        Array.Clear(sums);
        for (var j = 0; j < row.Length; j++)
        {
            sums[clusters[j]] += row[j];
        }

        var (inside, nearest) = (sums[own] / (clusters.Size(own) - 1), double.PositiveInfinity);
        for (var c = 0; c < sums.Length; c++)
        {
            nearest = c == own ? nearest : Math.Min(nearest, sums[c] / clusters.Size(c));
        }

        return inside == nearest ? 0 : (nearest - inside) / Math.Max(inside, nearest);
    }

    // Clusters with equal means count as 0, as in scikit-learn.
    private static double Ratio(double width, double distance) => distance == 0 ? 0 : width / distance;

    private static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    private static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
