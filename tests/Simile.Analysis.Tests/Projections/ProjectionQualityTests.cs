using Simile.Numerics;

namespace Simile.Analysis.Tests.Projections;

public class ProjectionQualityTests
{
    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.Cosine)]
    [InlineData(Metric.Manhattan)]
    public void Trustworthiness_is_what_its_definition_gives(Metric metric)
    {
        var rows = TestRows.Normal(120, 9);
        var places = TestRows.Normal(120, 2, seed: 5);
        for (var i = 0; i < 60; i++)
        {
            (places[i][0], places[i][1]) = (rows[i][0], rows[i][1]);
        }

        Assert.Equal(Definition(rows, places, 7, metric, Metric.L2), ProjectionQuality.Trustworthiness(rows, places, 7, metric), 1e-12);
        Assert.Equal(Definition(places, rows, 7, Metric.L2, metric), ProjectionQuality.Continuity(rows, places, 7, metric), 1e-12);
    }

    [Fact]
    public void Equally_far_rows_rank_by_their_number()
    {
        var rows = new VectorMatrix(Enumerable.Range(0, 60).Select(i => (float)(i / 5)).ToArray(), 1);
        var places = TestRows.Normal(60, 2);
        Assert.Equal(Definition(rows, places, 4, Metric.L2, Metric.L2), ProjectionQuality.Trustworthiness(rows, places, 4), 1e-12);
    }

    [Fact]
    public void Rows_are_their_own_perfect_projection_wherever_they_lie()
    {
        var rows = TestRows.Normal(200, 2);
        foreach (ref var x in rows.AsSpan())
        {
            x += 1e5f;
        }

        Assert.Equal(1, ProjectionQuality.Trustworthiness(rows, rows, 9), 1e-4);
    }

    [Fact]
    public void Groups_that_lie_apart_have_an_accuracy_of_one()
    {
        var rows = TestRows.Blobs(300, 6, 3);
        int[] labels = [.. Enumerable.Range(0, 300).Select(i => i % 3)];
        Assert.Equal(1, ProjectionQuality.NeighborAccuracy(rows, labels));
    }

    [Fact]
    public void Unfit_sizes_are_refused_in_a_sentence()
    {
        var rows = TestRows.Normal(10, 3);
        Assert.StartsWith(
            "5 neighbors of 10 rows are too many",
            Assert.Throws<ArgumentException>(() => ProjectionQuality.Trustworthiness(rows, rows, 5)).Message);
        Assert.StartsWith(
            "9 points do not fit 10 rows",
            Assert.Throws<ArgumentException>(() => ProjectionQuality.Continuity(rows, TestRows.Normal(9, 2), 2)).Message);
        Assert.StartsWith(
            "3 labels do not fit 10 points",
            Assert.Throws<ArgumentException>(() => ProjectionQuality.NeighborAccuracy(rows, new int[3])).Message);
        Assert.Throws<ArgumentException>(() => ProjectionQuality.ReconstructionError(new VectorMatrix(0, 3), new VectorMatrix(0, 3)));
    }

    private static double Definition(VectorMatrix rows, VectorMatrix places, int k, Metric metric, Metric other)
    {
        var (n, penalty) = (rows.Count, 0.0);
        for (var i = 0; i < n; i++)
        {
            var ranked = Order(rows, i, metric);
            penalty += Order(places, i, other).Take(k).Sum(j => Math.Max(0, Array.IndexOf(ranked, j) + 1 - k));
        }

        return 1 - (penalty * 2 / ((double)n * k * ((2 * n) - (3 * k) - 1)));
    }

    private static int[] Order(VectorMatrix rows, int i, Metric metric) =>
        [.. Enumerable.Range(0, rows.Count).Where(j => j != i).OrderByDescending(j => metric.Score(rows[i], rows[j])).ThenBy(j => j)];
}
