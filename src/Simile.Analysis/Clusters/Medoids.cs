using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>The medoids of clusters: the items nearest to the cluster's mean. They represent clusters of pictures and sounds.</summary>
public static class Medoids
{
    /// <summary>The items nearest to the mean of each cluster, nearest first.</summary>
    /// <param name="vectors">n × d.</param>
    /// <param name="labels">The cluster of each vector, from 0. Noise (−1) is ignored.</param>
    /// <param name="count">Number per cluster, at least 1.</param>
    /// <param name="metric"><see cref="Metric.Cosine"/>: cosines of normalized vectors to the mean; otherwise Euclidean distances.</param>
    /// <returns>The rows for each cluster; empty for an empty cluster.</returns>
    /// <exception cref="ArgumentException">
    /// The number of labels differs from that of vectors, or a vector holds NaN or infinity.
    /// </exception>
    public static int[][] Of(VectorMatrix vectors, IReadOnlyList<int> labels, int count = 1, Metric metric = Metric.Cosine)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Inputs.Check(vectors, 1, "a medoid");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        if (labels.Any(l => l < -1))
        {
            throw new ArgumentException($"{labels.Min()} is not a cluster: clusters are numbered from 0, and −1 is noise.");
        }

        var rows = metric == Metric.Cosine ? vectors.Normalized() : vectors;
        var members = labels.Index().Where(l => l.Item >= 0).ToLookup(l => l.Item, l => l.Index);
        return [.. Enumerable.Range(0, labels.Max() + 1).Select(cluster => Nearest(rows, [.. members[cluster]], count))];
    }

    private static int[] Nearest(VectorMatrix rows, int[] members, int count)
    {
        if (members.Length == 0)
        {
            return [];
        }

        var mean = new double[rows.Dimensions];
        foreach (var member in members)
        {
            for (var j = 0; j < mean.Length; j++)
            {
                mean[j] += rows[member][j] / (double)members.Length;
            }
        }

        var center = Array.ConvertAll(mean, m => (float)m);
        return [.. members.OrderByDescending(m => Metric.L2.Score(rows[m], center)).ThenBy(m => m).Take(count)];
    }
}
