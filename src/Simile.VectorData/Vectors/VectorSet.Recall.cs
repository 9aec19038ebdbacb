using Simile.Numerics;
using Simile.VectorData.Storage;

namespace Simile.VectorData.Vectors;

/// <content>How many of the nearest neighbors searches find.</content>
internal sealed partial class VectorSet
{
    /// <summary>
    /// The share of the true nearest neighbors of stored vectors that searches find, the vector itself included. Neighbors that are as
    /// close as the last one count as found.
    /// </summary>
    /// <returns>Null if the set is newer than the connection's snapshot.</returns>
    public object? MeasureRecall(
        StoreConnection connection, CollectionRow collection, int top, int queries, CancellationToken cancellationToken)
    {
        var sample = Sample(connection, queries);
        var found = new float[sample.Count][];
        var isApproximate = false;
        if (!TrySearch(
            connection,
            collection,
            search =>
            {
                isApproximate = !search.IsExact;
                for (var i = 0; isApproximate && i < found.Length; i++)
                {
                    found[i] = [.. search.Nearest(sample[i], top, allowed: null).Select(hit => hit.Score)];
                }

                return [];
            },
            out _))
        {
            return null;
        }

        if (!isApproximate || sample.Count == 0)
        {
            return 1.0;
        }

        var nearest = Nearest(connection, sample, top, cancellationToken);
        return Enumerable.Range(0, sample.Count).Average(i => Share(found[i], nearest[i]));
    }

    // Rows at equal distances.
    private List<float[]> Sample(StoreConnection connection, int queries)
    {
        var step = Math.Max(1, connection.Number($"SELECT count(*) FROM {_table}") / queries);
        using var rows = connection.Rows(
            $"SELECT id, vector, content FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM {_table}) WHERE n % $0 = 0 LIMIT $1",
            step,
            queries);
        var sample = new List<float[]>();
        while (rows.Read())
        {
            sample.Add(Vector(rows.GetInt64(0), StoreConnection.Bytes(rows, 1), rows.GetInt64(2)).ToArray());
        }

        return sample;
    }

    // The scores of the true neighbors, best first.
    private float[][] Nearest(StoreConnection connection, List<float[]> queries, int top, CancellationToken cancellationToken)
    {
        var best = queries.Select(_ => new PriorityQueue<float, float>()).ToArray();
        using var rows = connection.Rows($"SELECT id, vector, content FROM {_table}");
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = Vector(rows.GetInt64(0), StoreConnection.Bytes(rows, 1), rows.GetInt64(2));
            for (var i = 0; i < best.Length; i++)
            {
                var score = _column.Distance.Metric.Score(queries[i], vector);
                if (best[i].Count < top)
                {
                    best[i].Enqueue(score, score);
                }
                else
                {
                    best[i].EnqueueDequeue(score, score);
                }
            }
        }

        return [.. best.Select(queue => queue.UnorderedItems.Select(item => item.Element).OrderDescending().ToArray())];
    }

    // Scores of the two ways differ by rounding.
    private static double Share(float[] found, float[] nearest)
    {
        var least = nearest[^1] - Math.Abs(nearest[^1]) * 1e-5f - 1e-6f;
        return Math.Min(1, found.Count(score => score >= least) / (double)nearest.Length);
    }
}
