using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis.Tests.Projections;

public class TSneTests
{
    private static readonly TSneOptions Short = new() { Perplexity = 10, EarlyIterations = 100, Iterations = 150 };

    [Theory]
    [InlineData(TSneMethod.BarnesHut, ProjectionStart.Pca)]
    [InlineData(TSneMethod.BarnesHut, ProjectionStart.Random)]
    [InlineData(TSneMethod.Exact, ProjectionStart.Pca)]
    public void Groups_stay_apart(TSneMethod method, ProjectionStart start)
    {
        var tsne = TSne.Fit(TestRows.Blobs(300, 20, 4), Short with { Method = method, Start = start });
        Assert.Equal(1, ProjectionQuality.NeighborAccuracy(tsne.Embedding, Labels(300, 4), 5));
        Assert.InRange(tsne.KlDivergence, 0, 1.2);
    }

    [Fact]
    public void The_quadtree_pushes_as_all_pairs_do()
    {
        var places = TestRows.Blobs(1000, 2, 5);
        var (x, y) = (Plane.Column(places, 0), Plane.Column(places, 1));
        (x[7], y[7], x[8], y[8]) = (x[6], y[6], x[6], y[6]); // equal places
        var tree = new QuadTree(1000, theta: 0.5);
        var (forceX, forceY) = (new float[1000], new float[1000]);
        tree.Build(x, y);
        var sum = tree.Repulse(forceX, forceY, new ParallelOptions());
        double expected = 0, error = 0, size = 0;
        for (var i = 0; i < 1000; i++)
        {
            double fx = 0, fy = 0;
            for (var j = 0; j < 1000; j++)
            {
                double dx = x[i] - x[j], dy = y[i] - y[j];
                var w = 1 / (1 + (dx * dx) + (dy * dy));
                (fx, fy, expected) = (fx + (w * w * dx), fy + (w * w * dy), expected + (i == j ? 0 : w));
            }

            error += double.Hypot(fx - forceX[i], fy - forceY[i]);
            size += double.Hypot(fx, fy);
        }

        Assert.Equal(1, sum / expected, 5e-3);
        Assert.InRange(error / size, 0, 5e-3);
    }

    [Fact]
    public void Barnes_and_Hut_with_all_neighbors_move_places_as_the_definition_does()
    {
        var rows = TestRows.Blobs(91, 8, 3);
        var parallel = new ParallelOptions();
        var graph = NeighborGraph.Build(rows, new NeighborGraphOptions { K = 90 });
        var fast = new BarnesHutForces(Affinities.Joint(graph, 20, 1, default), 0.2, parallel);
        var slow = new ExactForces(JointProbabilities.Of(rows, 20, Metric.L2, parallel), 91, parallel);
        var (x, y) = PlaneStart.Random(91, 3, seed: 2);
        var (fx, fy, sx, sy) = (new float[91], new float[91], new float[91], new float[91]);
        fast.Gradient(x, y, 4, fx, fy);
        slow.Gradient(x, y, 4, sx, sy);
        Assert.Equal(slow.Divergence(x, y), fast.Divergence(x, y), 1e-3);
        for (var i = 0; i < 91; i++)
        {
            Assert.Equal(sx[i], fx[i], 1e-4f);
            Assert.Equal(sy[i], fy[i], 1e-4f);
        }
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_divergence()
    {
        var rows = TestRows.Normal(40, 6);
        var p = TSne.JointProbabilities(rows, 8);
        Assert.Equal(0.5, p.Sum(), 1e-6);
        var places = TestRows.Normal(40, 2, seed: 9);
        var gradient = new VectorMatrix(40, 2);
        TSne.Divergence(p, places, gradient);
        const float Step = 1e-2f;
        var at = places[5][1];
        places[5][1] = at + Step;
        var above = TSne.Divergence(p, places);
        places[5][1] = at - Step;
        Assert.Equal((above - TSne.Divergence(p, places)) / (2 * Step), gradient[5][1], 1e-5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_and_two_threads()
    {
        var rows = TestRows.Blobs(700, 12, 4);
        var one = TSne.Fit(rows, Short with { Threads = 1 });
        var two = TSne.Fit(rows, Short with { Threads = 2 });
        Assert.Equal(one.Embedding.AsSpan().ToArray(), two.Embedding.AsSpan().ToArray());
        Assert.Equal(one.KlDivergence, two.KlDivergence);
        Assert.NotEqual(one.Embedding.AsSpan().ToArray(), TSne.Fit(rows, Short with { Seed = 2 }).Embedding.AsSpan().ToArray());
    }

    [Fact]
    public void New_rows_are_placed_in_their_group_and_old_ones_do_not_move()
    {
        var all = TestRows.Blobs(440, 20, 4);
        var (fitted, added) = (all.Slice(0, 400), all.Slice(400, 40));
        var tsne = TSne.Fit(fitted, Short);
        var before = tsne.Embedding.AsSpan().ToArray();
        var places = tsne.Transform(added);
        Assert.Equal(before, tsne.Embedding.AsSpan().ToArray());
        for (var i = 0; i < 40; i++)
        {
            var nearest = Enumerable.Range(0, 400).MaxBy(j => Metric.L2.Score(places[i], tsne.Embedding[j]));
            Assert.Equal(i % 4, nearest % 4);
        }

        Assert.Equal(places[7].ToArray(), tsne.Transform(added.Slice(7, 1))[0].ToArray());
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
            foreach (var method in Enum.GetValues<TSneMethod>())
            {
                var tsne = TSne.Fit(rows, Short with { Method = method });
                Assert.True(tsne.Perplexity <= Math.Max(1, (rows.Count - 1) / 3.0));
                Assert.All(tsne.Embedding.AsSpan().ToArray(), v => Assert.True(float.IsFinite(v)));
                Assert.True(double.IsFinite(tsne.KlDivergence));
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Assert.StartsWith("1 rows are too few", Assert.Throws<ArgumentException>(() => TSne.Fit(TestRows.Normal(1, 3))).Message);
        Assert.StartsWith("0 rows are too few", Assert.Throws<ArgumentException>(() => TSne.Fit(TestRows.Normal(0, 3))).Message);
        Assert.Contains(
            "Perplexity must be at least 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Fit(TestRows.Normal(9, 3), new TSneOptions { Perplexity = 0 })).Message);
        var rows = TestRows.Normal(30, 3);
        var tsne = TSne.Fit(rows, Short);
        Assert.Contains("dimensions", Assert.Throws<ArgumentException>(() => tsne.Transform(TestRows.Normal(2, 4))).Message);
        rows[3][1] = float.NaN;
        Assert.Throws<ArgumentException>(() => TSne.Fit(rows));
    }

    [Fact]
    public void A_fit_reports_its_iterations_and_can_be_cancelled_within_them()
    {
        using var source = new CancellationTokenSource();
        var last = default(AnalysisProgress);
        var listener = new Listener(p =>
        {
            last = p;
            if (p is { Step: "optimization", Done: 20 })
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => TSne.Fit(TestRows.Normal(300, 5), Short, listener, source.Token));
        Assert.Equal(new AnalysisProgress("optimization", 20, 250), last);
    }

    private static int[] Labels(int count, int groups) => [.. Enumerable.Range(0, count).Select(i => i % groups)];

    private sealed class Listener(Action<AnalysisProgress> report) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => report(value);
    }
}
