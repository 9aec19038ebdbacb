using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// The distance of each vector to the mean of its cluster, divided by the median distance in that cluster. Vectors without a cluster use
/// the nearest mean.
/// </summary>
internal static class ClusterDistances
{
    public static double[] Of(VectorMatrix vectors, IReadOnlyList<int> clusters, Metric metric)
    {
        Inputs.CheckLabels(clusters.Count, vectors.Count);
        var rows = metric == Metric.Cosine ? vectors.Normalized() : vectors;
        var members = clusters.Index().Where(c => c.Item >= 0).GroupBy(c => c.Item, c => c.Index)
            .ToDictionary(g => g.Key, g => g.ToArray());
        if (members.Count == 0)
        {
            throw new ArgumentException("No vector belongs to a cluster: cluster with other options, or use a method based on neighbors.");
        }

        var (means, medians, distances) = (new Dictionary<int, float[]>(), new Dictionary<int, double>(), new double[vectors.Count]);
        foreach (var (cluster, own) in members)
        {
            means[cluster] = Mean(rows, own);
            foreach (var row in own)
            {
                distances[row] = Distance(metric, rows[row], means[cluster]);
            }

            medians[cluster] = own.Select(row => distances[row]).Order().ElementAt(own.Length / 2);
        }

        for (var i = 0; i < distances.Length; i++)
        {
            var cluster = clusters[i];
            if (cluster < 0)
            {
                var row = i;
                cluster = means.MinBy(m => Distance(metric, rows[row], m.Value)).Key;
                distances[i] = Distance(metric, rows[i], means[cluster]);
            }

            distances[i] = distances[i] == 0 ? 0 : distances[i] / medians[cluster];
        }

        return distances;
    }

    private static float[] Mean(VectorMatrix rows, int[] members)
    {
        var sums = new double[rows.Dimensions];
        foreach (var member in members)
        {
            for (var j = 0; j < sums.Length; j++)
            {
                sums[j] += rows[member][j];
            }
        }

        return Array.ConvertAll(sums, s => (float)(s / members.Length));
    }

    private static double Distance(Metric metric, ReadOnlySpan<float> row, ReadOnlySpan<float> mean) =>
        NeighborGraph.Distance(metric, metric.Score(row, mean), row.Length);
}
