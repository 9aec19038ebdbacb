using System.Diagnostics;
using Simile.Index;
using Simile.Numerics;

namespace Irregular;

/// <summary>The results of an index with default options for a case.</summary>
/// <param name="Recall">The share of the ten exact nearest neighbors that were found. A hit with an equal score counts.</param>
/// <param name="Worst">The mean recall of the tenth of the queries with the lowest recall.</param>
/// <param name="PerSecond">Queries per second on one thread.</param>
/// <param name="Seconds">Seconds for adding the vectors.</param>
/// <param name="Exact">Whether the index says that it scans.</param>
internal readonly record struct Trial(double Recall, double Worst, double PerSecond, double Seconds, bool Exact)
{
    private const int K = 10;

    public static Trial Run(VectorIndex index, Case tried)
    {
        var watch = Stopwatch.StartNew();
        tried.AddTo(index);
        var seconds = watch.Elapsed.TotalSeconds;
        using var exact = new FlatIndex(index.Metric, index.Dimensions);
        exact.Add(tried.Vectors);
        foreach (var id in tried.Gone ?? [])
        {
            exact.Remove(id);
        }

        var hits = new Hit[tried.Queries.Count][];
        for (var i = 0; i < hits.Length; i++)
        {
            hits[i] = index.Search(tried.Queries[i], K);
        }

        watch.Restart();
        for (var i = 0; i < hits.Length; i++)
        {
            index.Search(tried.Queries[i], hits[i].AsSpan());
        }

        var perSecond = hits.Length / watch.Elapsed.TotalSeconds;
        var shares = hits.Select((found, i) => Share(index.Metric, found, exact.Search(tried.Queries[i], K), tried, i)).Order().ToArray();
        return new Trial(shares.Average(), shares.Take((shares.Length + 9) / 10).Average(), perSecond, seconds, index.IsExact);
    }

    // Scores equal to the last exact one, up to float rounding in another order of summation.
    private static double Share(Metric metric, Hit[] found, Hit[] nearest, Case tried, int query)
    {
        if (found.DistinctBy(hit => hit.Id).Count() < found.Length || found.Any(hit => tried.Gone?.Contains(hit.Id) == true))
        {
            throw new InvalidOperationException($"{tried.Name}: the results hold an id twice, or a removed one.");
        }

        var last = nearest[^1];
        var size = metric is Metric.L2 or Metric.Manhattan or Metric.Hamming ? MathF.Abs(last.Score)
            : metric == Metric.Cosine ? 1
            : VectorMath.Norm(tried.Queries[query]) * VectorMath.Norm(tried.Vectors[last.Id]);
        return found.Count(hit => hit.Score >= last.Score - (5e-7f * size)) / (double)nearest.Length;
    }
}
