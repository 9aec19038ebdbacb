using Simile.Numerics;

namespace Simile.Index.Tests;

/// <summary>Vectors as models make them, and how many of the exact neighbors an index finds.</summary>
internal static class Neighbors
{
    public static void AssertRecall(VectorIndex index, VectorMatrix vectors, VectorMatrix queries, double least, int most = int.MaxValue) =>
        Assert.InRange(Recall(index, vectors, Rows(queries, 0, Math.Min(most, queries.Count))), least, 1);

    // Share of the ten exact nearest that are found. Row i of the vectors has the id ids[i], or i.
    public static double Recall(VectorIndex index, VectorMatrix vectors, VectorMatrix queries, int[]? ids = null, IdFilter? filter = null)
    {
        using var exact = new FlatIndex(index.Metric, index.Dimensions);
        exact.Add(vectors);
        var found = 0;
        for (var i = 0; i < queries.Count; i++)
        {
            var worst = exact.Search(queries[i], 10)[^1].Score;
            var hits = index.Search(queries[i], 10, filter);
            Assert.All(hits, hit => Assert.True(filter is null || filter.Allows(hit.Id)));
            Assert.All(hits, hit => Assert.Contains(hit.Id, ids ?? [hit.Id]));
            found += hits.Count(hit => hit.Score >= worst - (1e-5f * MathF.Abs(worst)));
        }

        return found / (10.0 * queries.Count);
    }

    /// <summary>Searches, with a filter and without, allocate nothing once they have run.</summary>
    public static void AssertAllocatesNothing(VectorIndex index, float[] query)
    {
        var hits = new Hit[10];
        var filter = IdFilter.Of(index.IdLimit, Enumerable.Range(0, index.Count / 2));
        for (var i = 0; i < 3; i++)
        {
            index.Search(query, hits.AsSpan());
            index.Search(query, hits.AsSpan(), filter);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            index.Search(query, hits.AsSpan());
            index.Search(query, hits.AsSpan(), filter);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public static VectorMatrix Rows(VectorMatrix vectors, int from, int to) =>
        new(vectors.AsSpan()[(from * vectors.Dimensions)..(to * vectors.Dimensions)].ToArray(), vectors.Dimensions);

    // Clusters of different density in a space of some directions more than others, as embeddings have; whole numbers for Hamming.
    public static VectorMatrix Vectors(int count, int dimensions, int seed, Metric metric = Metric.L2)
    {
        var (centers, random) = (new Random(0), new Random(seed));
        var middle = new float[32 * dimensions];
        for (var i = 0; i < middle.Length; i++)
        {
            middle[i] = (centers.NextSingle() - 0.5f) * 4;
        }

        var vectors = new VectorMatrix(count, dimensions);
        for (var i = 0; i < count; i++)
        {
            var cluster = random.Next(32);
            for (var j = 0; j < dimensions; j++)
            {
                var value = middle[(cluster * dimensions) + j] + (Normal(random) * (1 + (cluster % 4)) / (1 + (j / 8f)));
                vectors[i][j] = metric == Metric.Hamming ? MathF.Round(value) : value;
            }
        }

        return vectors;
    }

    private static float Normal(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}

/// <summary>Cancels as soon as something is reported.</summary>
internal sealed class Cancelling(CancellationTokenSource source) : IProgress<int>
{
    public void Report(int value) => source.Cancel();
}
