using Simile.Numerics;

namespace Simile.Analysis.Tests;

public class NeighborGraphTests
{
    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.Cosine)]
    [InlineData(Metric.Manhattan)]
    [InlineData(Metric.Dot)]
    public void Exact_neighbors_are_those_that_sorting_all_scores_gives(Metric metric)
    {
        var rows = TestRows.Normal(300, 20);
        var graph = NeighborGraph.Build(rows, new NeighborGraphOptions { K = 7, Metric = metric });
        Assert.True(graph.IsExact);
        for (var i = 0; i < rows.Count; i++)
        {
            var expected = Enumerable.Range(0, rows.Count).Where(j => j != i).OrderByDescending(j => metric.Score(rows[i], rows[j]))
                .ThenBy(j => j).Take(7).ToArray();
            Assert.Equal(expected, graph.Neighbors(i).ToArray());
            Assert.Equal(metric.Score(rows[i], rows[expected[3]]), graph.Scores(i)[3], 1e-4f);
        }
    }

    [Fact]
    public void A_graph_of_many_rows_finds_the_share_that_was_asked_for()
    {
        var rows = TestRows.Blobs(6000, 24, 10);
        var exact = NeighborGraph.Build(rows, new NeighborGraphOptions { K = 10 });
        var walked = NeighborGraph.Build(rows, new NeighborGraphOptions { K = 10, ExactUpTo = 100, Recall = 0.95 });
        Assert.False(walked.IsExact);
        var found = Enumerable.Range(0, rows.Count).Sum(i => walked.Neighbors(i).ToArray().Intersect(exact.Neighbors(i).ToArray()).Count());
        Assert.True(found >= 0.94 * 10 * rows.Count, $"{found} of {10 * rows.Count} were found.");
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(100)]
    public void The_graph_does_not_depend_on_the_number_of_threads(int exactUpTo)
    {
        var rows = TestRows.Blobs(3000, 24, 10);
        var options = new NeighborGraphOptions { K = 10, ExactUpTo = exactUpTo, Threads = 1 };
        var (one, two) = (NeighborGraph.Build(rows, options), NeighborGraph.Build(rows, options with { Threads = 2 }));
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Equal(one.Neighbors(i).ToArray(), two.Neighbors(i).ToArray());
            Assert.Equal(one.Scores(i).ToArray(), two.Scores(i).ToArray());
        }
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(10)]
    public void Equal_rows_are_each_others_neighbors_and_never_their_own(int exactUpTo)
    {
        var rows = new VectorMatrix(Enumerable.Repeat(2f, 40 * 3).ToArray(), 3);
        var graph = NeighborGraph.Build(rows, new NeighborGraphOptions { K = 5, ExactUpTo = exactUpTo });
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.DoesNotContain(i, graph.Neighbors(i).ToArray());
            Assert.Equal(5, graph.Neighbors(i).ToArray().Distinct().Count());
            Assert.Equal(0, graph.Distance(graph.Scores(i)[4]));
        }
    }

    [Fact]
    public void Distances_are_the_square_roots_of_squared_distances()
    {
        var rows = new VectorMatrix(new float[] { 0, 0, 3, 4, 30, 40 }, 2);
        var distances = new float[2];
        NeighborGraph.Build(rows, new NeighborGraphOptions { K = 2 }).Distances(0, distances);
        Assert.Equal([5f, 50f], distances);
    }

    [Theory]
    [InlineData(0, "0 rows have no neighbors: give at least two.")]
    [InlineData(1, "1 rows have no neighbors: give at least two.")]
    [InlineData(5, "5 rows have 4 neighbors each, not 9: ask for fewer, or give more rows.")]
    public void Too_few_rows_are_refused_in_a_sentence(int count, string sentence)
    {
        var refused =
            Assert.Throws<ArgumentException>(() => NeighborGraph.Build(TestRows.Normal(count, 3), new NeighborGraphOptions { K = 9 }));
        Assert.StartsWith(sentence, refused.Message);
    }

    [Fact]
    public void NaN_is_refused()
    {
        var rows = TestRows.Normal(30, 3);
        rows[7][1] = float.NaN;
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => NeighborGraph.Build(rows)).Message);
    }

    [Fact]
    public void Progress_ends_with_all_rows_and_a_cancelled_build_stops()
    {
        var rows = TestRows.Normal(5000, 4);
        var reports = new List<AnalysisProgress>();
        NeighborGraph.Build(rows, progress: new Listener(reports));
        Assert.Equal(new AnalysisProgress("neighbors", 5000, 5000), reports[^1]);
        Assert.Throws<OperationCanceledException>(() => NeighborGraph.Build(rows, cancellationToken: new CancellationToken(true)));
    }

    private sealed class Listener(List<AnalysisProgress> reports) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value) => reports.Add(value);
    }
}
