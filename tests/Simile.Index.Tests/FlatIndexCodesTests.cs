using System.Numerics;
using Simile.Index.Flat;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Tests;

public unsafe class FlatIndexCodesTests
{
    public static TheoryData<Metric> Metrics => [Metric.Cosine, Metric.Dot, Metric.L2];

    /// <summary>
    /// Duplicates, clusters closer than a step, constant rows, zeros, one huge component among small ones, numbers near both ends of the
    /// range.
    /// </summary>
    [Theory]
    [MemberData(nameof(Metrics))]
    public void The_answer_is_that_of_the_floats(Metric metric)
    {
        for (var kind = 0; kind < 12; kind++)
        {
            var vectors = Vectors(1500, 77, kind);
            using var floats = new FlatIndex(metric, 77, new FlatOptions { Codes = false });
            using var codes = new FlatIndex(metric, 77) { CodesFrom = 10_000 };
            floats.Add(vectors);
            for (var i = 0; i < vectors.Count; i++)
            {
                codes.Add(vectors[i]);
            }

            Assert.True(codes.MemoryBytes > floats.MemoryBytes);
            Agree(floats, codes, vectors, new Random(kind));
            foreach (var id in new[] { 3, 1499, 700 })
            {
                floats.Update(id, vectors[id + 1 - (id / 700)]);
                codes.Update(id, vectors[id + 1 - (id / 700)]);
                floats.Remove(id - 1);
                codes.Remove(id - 1);
            }

            Agree(floats, codes, vectors, new Random(kind));
        }
    }

    /// <summary>
    /// All rows of an index kept in bytes, scored one by one, are the slow twin: while there is room for all, nothing is ruled out.
    /// </summary>
    [Theory]
    [MemberData(nameof(Metrics))]
    public void Rows_kept_in_bytes_are_ruled_out_only_where_they_score_less(Metric metric)
    {
        for (var kind = 0; kind < 12; kind++)
        {
            var vectors = Vectors(1500, 77, kind);
            using var index = new FlatIndex(metric, 77, new FlatOptions { Rows = RowType.Int8 });
            index.Add(vectors);
            for (var i = 0; i < 20; i++)
            {
                var query = vectors[i * 70].ToArray();
                query[i] *= 0.9f;
                Assert.Equal(index.Search(query, 1500)[..9], index.Search(query, 9));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Most_rows_are_ruled_out_by_their_bytes(Metric metric)
    {
        const int Dimensions = 128;
        var vectors = Vectors(6400, Dimensions, 0);
        using var codes = new RowCodes(metric, Dimensions);
        codes.Grow(vectors.Count, 0);
        var unit = new float[Dimensions];
        var scores = new List<float>();
        var query = Vectors(1, Dimensions, 0)[0].ToArray();
        Normal(query, unit);
        unit.CopyTo(query);
        for (var i = 0; i < vectors.Count; i++)
        {
            Normal(vectors[i], unit);
            codes.Write(i, unit);
            scores.Add(metric.Score(query, unit));
        }

        var (tenth, passing) = (scores.Order().ElementAt(vectors.Count - 10), 0);
        var numbers = new short[CodedQuery.Length(Dimensions)];
        var dots = stackalloc int[64];
        var coded = new CodedQuery(metric, query, numbers);
        fixed (short* laid = numbers)
        {
            for (var first = 0; first < vectors.Count; first += 64)
            {
                ByteDot.Run(laid, 1, Dimensions, codes.Block(first).Bytes, 64, dots, KernelPaths.Best);
                passing += BitOperations.PopCount(coded.Test(codes.Block(first), 64, dots, tenth));
            }
        }

        Assert.InRange(passing, 10, 200);

        void Normal(ReadOnlySpan<float> vector, Span<float> target)
        {
            vector.CopyTo(target);
            if (metric == Metric.Cosine)
            {
                VectorMath.Normalize(vector, target);
            }
        }
    }

    [Fact]
    public void A_search_by_bytes_allocates_nothing()
    {
        using var index = new FlatIndex(Metric.L2, 100) { CodesFrom = 1 };
        index.Add(Vectors(2000, 100, 0));
        var (query, hits) = (Vectors(1, 100, 1)[0].ToArray(), new Hit[10]);
        for (var i = 0; i < 50; i++)
        {
            index.Search(query, hits.AsSpan());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Search(query, hits.AsSpan());
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Agree(FlatIndex floats, FlatIndex codes, VectorMatrix vectors, Random random)
    {
        var filter = IdFilter.Of(1500, Enumerable.Range(0, 1500).Where(id => id % 2 == 0 || id > 1000));
        for (var i = 0; i < 30; i++)
        {
            var query = vectors[random.Next(vectors.Count)].ToArray();
            query[i] *= i % 3 == 0 ? 1 : 0.9f;
            Assert.Equal(floats.Search(query, 12), codes.Search(query, 12));
            Assert.Equal(floats.Search(query, 12, filter), codes.Search(query, 12, filter));
            var score = floats.Search(query, 30)[^1].Score;
            Assert.Equal(floats.SearchRange(query, score), codes.SearchRange(query, score));
        }

        foreach (var count in new[] { 2, 3, 4, 7, 50 })
        {
            var queries = new VectorMatrix(count, vectors.Dimensions);
            for (var i = 0; i < count; i++)
            {
                vectors[random.Next(vectors.Count)].CopyTo(queries[i]);
                queries[i][i] *= 0.9f;
            }

            var expected = Enumerable.Range(0, count).Select(i => floats.Search(queries[i], 5)).ToArray();
            Assert.Equal(expected, codes.Search(queries, 5));
            Assert.Equal(floats.Search(queries, 5, filter), codes.Search(queries, 5, filter));
        }
    }

    private static VectorMatrix Vectors(int count, int dimensions, int kind)
    {
        var random = new Random(kind);
        var matrix = new VectorMatrix(count, dimensions);
        for (var i = 0; i < count; i++)
        {
            var level = random.NextSingle();
            for (var j = 0; j < dimensions; j++)
            {
                var x = (random.NextSingle() * 2) - 1;
                matrix[i][j] = kind switch
                {
                    1 => MathF.Round(x),
                    2 => 1000 + (x * 1e-3f),
                    3 => level,
                    4 => i % 3 == 0 ? 0 : x,
                    5 => j == i % dimensions ? x * 1e6f : x,
                    6 => x * 1e-20f,
                    7 => x * 1e-38f,
                    8 => x * 3e38f,
                    9 => x * 1e18f,
                    10 => x * MathF.Pow(10, random.Next(-30, 30)),
                    11 => i % 2 == 0 ? x : 1e5f + x,
                    _ => x,
                };
            }
        }

        matrix[0].CopyTo(matrix[count - 1]);
        return matrix;
    }
}
