using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>The item of each cluster that stands for it: the one nearest to the cluster's mean. A name for clusters of pictures and sounds.</summary>
public static class Medoids
{
    /// <summary>The items nearest to the mean of each cluster, nearest first.</summary>
    /// <param name="vectors">n × d.</param>
    /// <param name="labels">The cluster of each, from 0; −1, noise, is left out.</param>
    /// <param name="count">How many of each cluster, at least 1.</param>
    /// <param name="metric"><see cref="Metric.Cosine"/>: vectors of length 1, and cosines to the mean; else Euclidean distances.</param>
    /// <returns>For each cluster from 0 to the greatest: rows; none for a cluster without items.</returns>
    /// <exception cref="ArgumentException">The labels do not fit the vectors, one of which may hold NaN or infinity.</exception>
    public static int[][] Of(VectorMatrix vectors, IReadOnlyList<int> labels, int count = 1, Metric metric = Metric.Cosine)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Inputs.Check(vectors, 1, "a medoid");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        if (labels.Any(l => l < -1))
        {
            throw new ArgumentException($"There is no cluster {labels.Min()}: clusters are numbered from 0, and −1 is noise.");
        }

        var rows = metric == Metric.Cosine ? Distances.Unit(vectors) : vectors;
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
