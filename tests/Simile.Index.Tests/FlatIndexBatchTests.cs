using Simile.Numerics;

namespace Simile.Index.Tests;

public class FlatIndexBatchTests
{
    public static TheoryData<Metric, RowType> Forms
    {
        get
        {
            var forms = new TheoryData<Metric, RowType>();
            foreach (var metric in Enum.GetValues<Metric>())
            {
                forms.Add(metric, RowType.Float32);
                forms.Add(metric, RowType.Float16);
                forms.Add(metric, RowType.Int8);
            }

            forms.Add(Metric.Hamming, RowType.Binary);
            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Batches_of_any_size_answer_as_single_queries_do(Metric metric, RowType type)
    {
        using var index = new FlatIndex(metric, 70, new FlatOptions { Rows = type, Threads = 2 });
        index.Add(Vectors(1234, 70, 1));
        foreach (var count in new[] { 0, 1, 2, 5, 8, 9, 17, 33, 90 })
        {
            Agree(index, Vectors(count, 70, count), 7);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Filters_and_removed_rows_change_nothing_about_that(Metric metric, RowType type)
    {
        using var index = new FlatIndex(metric, 33, new FlatOptions { Rows = type });
        index.Add(Vectors(700, 33, 1));
        var queries = Vectors(20, 33, 2);
        foreach (var every in new[] { 1, 2, 40, 701 })
        {
            var filter = IdFilter.Of(700, Enumerable.Range(0, 700).Where(id => id % every == every - 1));
            Agree(index, queries, 5, filter);
            Assert.All(index.Search(queries, 5, filter).SelectMany(hits => hits), hit => Assert.True(filter.Allows(hit.Id)));
            index.Remove(3 * every);
            index.Remove(699 - every);
            Agree(index, queries, 5, filter);
            Agree(index, queries, 1000);
        }
    }

    /// <summary>Where rounding, overflow and underflow could make a test by another sum lose a hit.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Hostile_vectors_are_found_by_batches_as_by_single_queries(Metric metric, RowType type)
    {
        var random = new Random(1);
        foreach (var (scale, shift) in new[]
        {
            (1e-3f, 1000f), (1f, 1e6f), (1e-22f, 0f), (1e-38f, 0f), (1e19f, 0f), (3e38f, 0f), (0f, 1f), (0f, 0f), (1e-30f, 1e10f),
        })
        {
            using var index = new FlatIndex(metric, 70, new FlatOptions { Rows = type });
            var vectors = Vectors(300, 70, 3);
            foreach (ref var x in vectors.AsSpan())
            {
                x = (x * scale) + shift;
            }

            vectors[5].Clear();
            vectors[7].CopyTo(vectors[290]);
            vectors[8].Fill(1e19f);
            index.Add(vectors);
            var queries = new VectorMatrix(40, 70);
            for (var i = 0; i < queries.Count; i++)
            {
                vectors[random.Next(300)].CopyTo(queries[i]);
                queries[i][random.Next(70)] *= 0.99f;
            }

            Agree(index, queries, 9);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_search_into_the_callers_memory_allocates_nothing(Metric metric, RowType type)
    {
        using var index = new FlatIndex(metric, 64, new FlatOptions { Rows = type });
        index.Add(Vectors(2000, 64, 1));
        index.Remove(17);
        var (query, hits) = (Vectors(1, 64, 2)[0].ToArray(), new Hit[10]);
        foreach (var filter in new[]
        {
            null,
            IdFilter.Of(2000, [1, 500, 501]),
            IdFilter.Of(2000, Enumerable.Range(0, 2000).Where(id => id % 3 > 0)),
        })
        {
            for (var i = 0; i < 50; i++)
            {
                index.Search(query, hits.AsSpan(), filter);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            index.Search(query, hits.AsSpan(), filter);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [InlineData(Metric.Cosine, RowType.Float16, 1e-3)]
    [InlineData(Metric.Cosine, RowType.Int8, 5e-3)]
    [InlineData(Metric.L2, RowType.Float16, 1e-2)]
    [InlineData(Metric.L2, RowType.Int8, 0.3)]
    public void Scores_of_smaller_rows_are_close_to_those_of_floats(Metric metric, RowType type, double tolerance)
    {
        var vectors = Vectors(200, 100, 1);
        using var index = new FlatIndex(metric, 100, new FlatOptions { Rows = type });
        index.Add(vectors);
        var query = Vectors(1, 100, 2)[0].ToArray();
        Assert.All(index.Search(query, 200), hit => Assert.Equal(metric.Score(query, vectors[hit.Id]), hit.Score, tolerance));
    }

    [Fact]
    public void Bits_say_which_components_are_greater_than_zero()
    {
        using var index = new FlatIndex(Metric.Hamming, 70, new FlatOptions { Rows = RowType.Binary });
        var vectors = Vectors(100, 70, 1);
        index.Add(vectors);
        var query = Vectors(1, 70, 2)[0].ToArray();
        foreach (var hit in index.Search(query, 100))
        {
            Assert.Equal(-query.Zip(vectors[hit.Id].ToArray()).Count(pair => pair.First > 0 != pair.Second > 0), hit.Score);
        }
    }

    [Fact]
    public void Bits_under_another_metric_and_rows_of_no_type_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FlatIndex(Metric.Cosine, 3, new FlatOptions { Rows = RowType.Binary }));
        Assert.Throws<ArgumentException>(() => new FlatIndex(Metric.Cosine, 3, new FlatOptions { Rows = (RowType)9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatIndex(Metric.Cosine, 3, new FlatOptions { Threads = 0 }));
    }

    private static void Agree(FlatIndex index, VectorMatrix queries, int k, IdFilter? filter = null)
    {
        var answers = index.Search(queries, k, filter);
        Assert.Equal(queries.Count, answers.Length);
        var hits = new Hit[Math.Min(k, index.Count)];
        for (var i = 0; i < queries.Count; i++)
        {
            var found = index.Search(queries[i], hits.AsSpan(), filter);
            Assert.Equal(hits[..found], answers[i]);
            Assert.Equal(answers[i], index.Search(queries[i], k, filter));
        }
    }

    private static VectorMatrix Vectors(int count, int dimensions, int seed)
    {
        var random = new Random(seed);
        var matrix = new VectorMatrix(count, dimensions);
        foreach (ref var x in matrix.AsSpan())
        {
            x = MathF.Round((random.NextSingle() * 2) - 1, 2);
        }

        return matrix;
    }
}
