using System.Runtime.Intrinsics;
using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis.Tests.Projections;

public class UmapTests
{
    private static readonly UmapOptions Short = new() { Epochs = 150 };

    [Theory]
    [InlineData(ProjectionStart.Pca)]
    [InlineData(ProjectionStart.Random)]
    [InlineData(ProjectionStart.Spectral)]
    public void Groups_stay_apart(ProjectionStart start)
    {
        var umap = Umap.Fit(TestRows.Blobs(400, 20, 4), Short with { Start = start });
        Assert.Equal(1, ProjectionQuality.NeighborAccuracy(umap.Embedding, Labels(400), 5));
    }

    [Fact]
    public void Labels_part_what_the_rows_do_not()
    {
        var rows = TestRows.Normal(400, 5);
        var alone = Umap.Fit(rows, Short);
        var supervised = Umap.Fit(rows, Labels(400), Short);
        Assert.True(ProjectionQuality.NeighborAccuracy(alone.Embedding, Labels(400)) < 0.5);
        Assert.True(ProjectionQuality.NeighborAccuracy(supervised.Embedding, Labels(400)) > 0.9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_and_two_threads()
    {
        var rows = TestRows.Blobs(700, 12, 4);
        var one = Umap.Fit(rows, Short with { Threads = 1 });
        Assert.Equal(one.Embedding.AsSpan().ToArray(), Umap.Fit(rows, Short with { Threads = 2 }).Embedding.AsSpan().ToArray());
        Assert.NotEqual(one.Embedding.AsSpan().ToArray(), Umap.Fit(rows, Short with { Seed = 2 }).Embedding.AsSpan().ToArray());
    }

    [Fact]
    public void New_rows_are_placed_in_their_group_and_old_ones_do_not_move()
    {
        var all = TestRows.Blobs(440, 20, 4);
        var (fitted, added) = (all.Slice(0, 400), all.Slice(400, 40));
        var umap = Umap.Fit(fitted, Short);
        var before = umap.Embedding.AsSpan().ToArray();
        var places = umap.Transform(added);
        Assert.Equal(before, umap.Embedding.AsSpan().ToArray());
        for (var i = 0; i < 40; i++)
        {
            var nearest = Enumerable.Range(0, 400).MaxBy(j => Metric.L2.Score(places[i], umap.Embedding[j]));
            Assert.Equal(i % 4, nearest % 4);
        }

        Assert.Equal(places[7].ToArray(), umap.Transform(added.Slice(7, 1))[0].ToArray());
    }

    // scipy's curve_fit, as umap-learn calls it
    [Theory]
    [InlineData(1, 0.1, 1.5769434602697652, 0.8950608778515733)]
    [InlineData(1, 0.5, 0.5830300205, 1.3341669924)]
    public void The_curve_is_that_of_umap_learn(double spread, double minDist, double a, double b)
    {
        var curve = UmapCurve.Fit(spread, minDist);
        Assert.Equal(a, curve.A, 1e-4);
        Assert.Equal(b, curve.B, 1e-4);
    }

    [Fact]
    public void Weights_of_a_row_add_to_the_logarithm_of_its_neighbors()
    {
        var distances = new float[] { 0.5f, 1, 2, 2.5f, 3, 7, 8 };
        var (sigma, rho) = SmoothKnn.Find(distances, 1, 3);
        Assert.Equal(0.5, rho);
        Assert.Equal(Math.Log2(8), distances.Sum(d => Math.Exp(-Math.Max(0, d - rho) / sigma)), 1e-4);
        Assert.Equal(1.5, SmoothKnn.Find(distances, 2.5, 3).Rho, 1e-6);
    }

    [Fact]
    public void Powers_are_those_of_the_slow_function()
    {
        for (var x = 1e-12f; x < 1e12f; x *= 1.37f)
        {
            var power = VectorPower.Raise(Vector256.Create(x), Vector256.Create(0.895f))[3];
            Assert.Equal(1, power / Math.Pow(x, 0.895), 1e-5);
        }
    }

    [Fact]
    public void Random_numbers_are_even_and_within_the_limit()
    {
        var counts = new int[10];
        for (var stream = 0; stream < 5000; stream++)
        {
            var numbers = RandomNumbers.Below(10, 1, stream, 3, 8);
            for (var lane = 0; lane < 8; lane++)
            {
                counts[numbers[lane]]++;
            }
        }

        Assert.All(counts, c => Assert.InRange(c, 3800, 4200));
    }

    [Fact]
    public void Few_and_equal_rows_are_placed()
    {
        foreach (var rows in new[]
        {
            TestRows.Normal(2, 3),
            TestRows.Normal(5, 1),
            new VectorMatrix(Enumerable.Repeat(1f, 200).ToArray(), 4),
        })
        {
            foreach (var start in Enum.GetValues<ProjectionStart>())
            {
                var umap = Umap.Fit(rows, Short with { Start = start });
                Assert.All(umap.Embedding.AsSpan().ToArray(), v => Assert.True(float.IsFinite(v)));
                Assert.All(umap.Transform(rows).AsSpan().ToArray(), v => Assert.True(float.IsFinite(v)));
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Assert.StartsWith("1 rows are too few", Assert.Throws<ArgumentException>(() => Umap.Fit(TestRows.Normal(1, 3))).Message);
        Assert.StartsWith(
            "3 labels do not fit 9 rows", Assert.Throws<ArgumentException>(() => Umap.Fit(TestRows.Normal(9, 3), new int[3])).Message);
        Assert.Contains(
            "MinDist must be",
            Assert.Throws<ArgumentOutOfRangeException>(() => Umap.Fit(TestRows.Normal(9, 3), new UmapOptions { MinDist = 2 })).Message);
        Assert.ThrowsAny<OperationCanceledException>(
            () => Umap.Fit(TestRows.Normal(90, 3), cancellationToken: new CancellationToken(true)));
        var rows = TestRows.Normal(30, 3);
        rows[3][1] = float.NaN;
        Assert.Throws<ArgumentException>(() => Umap.Fit(rows));
    }

    private static int[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => i % 4)];
}
