using Simile.Numerics;

namespace Simile.Index.Tests;

public class FlatIndexTests
{
    public static TheoryData<Metric> Metrics => [.. Enum.GetValues<Metric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_returns_what_sorting_everything_returns(Metric metric)
    {
        var vectors = Matrix(1000, 37, 1);
        var index = new FlatIndex(metric, 37);
        index.Add(vectors);
        for (var q = 0; q < 10; q++)
        {
            var query = Matrix(1, 37, 100 + q)[0].ToArray();
            var expected = Enumerable.Range(0, vectors.Count)
                .Select(i => new Hit(i, metric.Score(query, vectors[i])))
                .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(20).ToArray();
            var hits = index.Search(query, 20);
            Assert.Equal(expected.Select(hit => hit.Score), hits.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-4);
            Assert.True(expected.Select(hit => hit.Id).Intersect(hits.Select(hit => hit.Id)).Count() >= 19);
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Equal_scores_come_by_ascending_id(Metric metric)
    {
        var index = new FlatIndex(metric, 19);
        var vector = Matrix(1, 19, 1)[0];
        for (var i = 0; i < 1001; i++)
        {
            index.Add(vector);
        }

        Assert.Equal(Enumerable.Range(0, 15), index.Search(vector, 15).Select(hit => hit.Id));
        Assert.Equal(Enumerable.Range(0, 1001), index.Search(vector, 5000).Select(hit => hit.Id));
    }

    [Fact]
    public void Batches_answer_as_single_queries_do()
    {
        var index = new FlatIndex(Metric.Cosine, 24);
        index.Add(Matrix(500, 24, 1));
        var queries = Matrix(17, 24, 2);
        var answers = index.Search(queries, 5);
        for (var i = 0; i < queries.Count; i++)
        {
            Assert.Equal(index.Search(queries[i], 5), answers[i]);
        }
    }

    [Fact]
    public void Cosine_of_a_zero_vector_is_zero()
    {
        var index = new FlatIndex(Metric.Cosine, 2);
        index.Add([0f, 0f]);
        index.Add([5f, 0f]);
        index.Add([-1f, 0f]);
        Assert.Equal([new Hit(1, 1), new Hit(0, 0), new Hit(2, -1)], index.Search([2f, 0f], 3));
    }

    [Fact]
    public void An_empty_index_answers_with_nothing() => Assert.Empty(new FlatIndex(Metric.Dot, 3).Search([1f, 2f, 3f], 5));

    [Fact]
    public void A_search_into_the_callers_memory_allocates_nothing()
    {
        var index = new FlatIndex(Metric.Cosine, 64);
        index.Add(Matrix(2000, 64, 1));
        var (query, hits) = (Matrix(1, 64, 2)[0].ToArray(), new Hit[10]);
        for (var i = 0; i < 50; i++)
        {
            index.Search(query, hits.AsSpan());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Search(query, hits.AsSpan());
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Unfit_vectors_are_refused_and_nothing_is_added()
    {
        var index = new FlatIndex(Metric.L2, 3);
        var bad = Matrix(5, 3, 1);
        bad[4][1] = float.NaN;
        Assert.Throws<ArgumentException>(() => index.Add(bad));
        Assert.Throws<ArgumentException>(() => index.Add([1f, 2f]));
        Assert.Throws<ArgumentException>(() => index.Add([1f, 2f, float.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => index.Search([1f], 1));
        Assert.Throws<ArgumentException>(() => index.Search([1f, float.NaN, 1f], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1f, 2f, 3f], 0));
        Assert.Equal(0, index.Count);
    }

    [Theory]
    [InlineData(Metric.L2, -1f)]
    [InlineData(Metric.Dot, -1e38f)]
    public void Scores_beyond_the_range_of_a_float_rank_last_and_are_not_lost(Metric metric, float component)
    {
        var index = new FlatIndex(metric, 2);
        index.Add([3e38f, -3e38f]);
        index.Add([1f, 1f]);
        index.Add([3e38f, -3e38f]);
        Assert.Equal([1, 0, 2], index.Search([component, component], 3).Select(hit => hit.Id));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void All_cores_answer_as_one_does(Metric metric)
    {
        var index = new FlatIndex(metric, 1024);
        index.Add(Matrix(5000, 1024, 1));
        index.Add(Matrix(700, 1024, 1));
        var query = Matrix(1, 1024, 2)[0].ToArray();
        foreach (var k in new[] { 1, 13, 6000 })
        {
            var expected = new Hit[Math.Min(k, index.Count)];
            Assert.Equal(expected.Length, index.Search(query, expected.AsSpan()));
            Assert.Equal(expected, index.Search(query, k));
        }
    }

    [Fact]
    public void Cosine_scores_are_those_of_double_precision_to_a_millionth()
    {
        var vectors = Matrix(300, 384, 1);
        var index = new FlatIndex(Metric.Cosine, 384);
        index.Add(vectors);
        var query = Matrix(1, 384, 2)[0].ToArray();
        Assert.All(index.Search(query, 300), hit => Assert.Equal(VectorMath.Cosine(query, vectors[hit.Id]), hit.Score, 1e-6));
    }

    private static VectorMatrix Matrix(int count, int dimensions, int seed)
    {
        var random = new Random(seed);
        var matrix = new VectorMatrix(count, dimensions);
        foreach (ref var x in matrix.AsSpan())
        {
            x = MathF.Round((random.NextSingle() * 2) - 1, 1);
        }

        return matrix;
    }
}
