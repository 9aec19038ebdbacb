using Simile.Numerics;

namespace Simile.Analysis.Tests.Clusters;

public class HdbscanTests
{
    [Theory]
    [InlineData(2, 3, 0.1f)]
    [InlineData(8, 6, 0.3f)]
    [InlineData(30, 1, 1f)]
    public void The_spanning_tree_weighs_as_much_as_that_of_all_pairs(int dimensions, int groups, float spread)
    {
        var vectors = Rows.Groups(240, dimensions, groups, spread: spread);
        foreach (var metric in new[] { Metric.L2, Metric.Cosine, Metric.Manhattan })
        {
            var found = Hdbscan.Fit(vectors, new HdbscanOptions { MinSamples = 4, Metric = metric });
            var expected = Prim(vectors, 4, metric);
            Assert.Equal(239, found.SpanningTree.Count);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], found.SpanningTree[i].Weight, 1e-4);
            }
        }
    }

    [Fact]
    public void Clear_groups_are_found_and_what_is_far_off_is_noise()
    {
        var vectors = Rows.Groups(301, 5, 3, spread: 0.05f);
        vectors[300].Fill(50);
        var found = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 10 });
        Assert.Equal(-1, found.Labels[300]);
        Assert.Equal(0, found.Probabilities[300]);
        Assert.Equal(3, found.Count);
        Assert.Equal(300, Enumerable.Range(0, 301).MaxBy(i => found.OutlierScores[i]));
        Assert.All(found.Probabilities, p => Assert.InRange(p, 0, 1));
        Assert.True(LabelingScores.AdjustedRandIndex(Rows.GroupsOf(300, 3), [.. found.Labels.Take(300)]) > 0.9);
    }

    [Fact]
    public void A_graph_of_many_points_finds_nearly_the_tree_of_all_pairs()
    {
        var vectors = Rows.Groups(1500, 6, 4, spread: 0.1f);
        var exact = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 15 });
        var approximate = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 15, ExactUpTo = 0 });
        Assert.InRange(approximate.SpanningTree.Sum(e => e.Weight) / exact.SpanningTree.Sum(e => e.Weight), 1 - 1e-5, 1.05);
        Assert.True(LabelingScores.AdjustedRandIndex(exact.Labels, approximate.Labels) > 0.95);
    }

    [Fact]
    public void A_single_group_is_a_cluster_only_where_it_may_be()
    {
        var vectors = Rows.Groups(200, 4, 1, spread: 1);
        Assert.True(Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 60 }).Count <= 0);
        Assert.Equal(1, Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 60, AllowSingleCluster = true }).Count);
    }

    [Fact]
    public void A_distance_keeps_near_clusters_together()
    {
        var vectors = Rows.Groups(400, 2, 8, seed: 5, spread: 0.02f);
        var apart = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 10 });
        var together = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 10, SelectionEpsilon = 0.8 });
        Assert.Equal(8, apart.Count);
        Assert.InRange(together.Count, 1, 7);
        Assert.All(
            apart.Labels.Zip(together.Labels).Where(l => l.First >= 0).GroupBy(l => l.First),
            g => Assert.Single(g.Select(l => l.Second).Distinct()));
    }

    [Fact]
    public void Leaves_are_at_least_as_many_as_clusters_by_mass()
    {
        var vectors = Rows.Groups(500, 3, 5, spread: 0.4f);
        var mass = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 8 });
        var leaves = Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 8, Selection = ClusterSelection.Leaf });
        Assert.True(leaves.Count >= mass.Count);
        Assert.True(Hdbscan.Fit(vectors, new HdbscanOptions { MinClusterSize = 8, MaxClusterSize = 60 }).Labels.Where(l => l >= 0)
            .GroupBy(l => l)
            .All(g => g.Count() <= 60));
    }

    [Fact]
    public void Equal_points_and_too_few_are_noise()
    {
        Assert.All(Hdbscan.Fit(Rows.Equal(40, 3)).Labels, l => Assert.Equal(-1, l));
        Assert.All(Hdbscan.Fit(Rows.Equal(2, 3)).Labels, l => Assert.Equal(-1, l));
        var mixed = Rows.Groups(90, 3, 3, spread: 0);
        var found = Hdbscan.Fit(mixed, new HdbscanOptions { MinClusterSize = 10 });
        Assert.Equal(3, found.Count);
        Assert.All(found.OutlierScores, s => Assert.InRange(s, 0, 1));
        Assert.All(found.Probabilities, p => Assert.Equal(1, p));
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Hdbscan.Fit(new VectorMatrix(0, 3)));
        Sentence.Of<ArgumentException>(() => Hdbscan.Fit(Rows.Equal(1, 3)));
        Sentence.Of<ArgumentException>(() => Hdbscan.Fit(Rows.Of([0], [float.NaN], [1])));
        Sentence.Of<ArgumentException>(() => Hdbscan.Fit(Rows.Equal(4, 3), new HdbscanOptions { Metric = Metric.Dot }));
        Assert.ThrowsAny<OperationCanceledException>(() => Hdbscan.Fit(Rows.Equal(30, 3), cancellationToken: new CancellationToken(true)));
    }

    // The slow, obvious twin: Prim's algorithm on all pairs.
    private static float[] Prim(VectorMatrix vectors, int minSamples, Metric metric)
    {
        var distances = new Distances(vectors, metric);
        var rows = Enumerable.Range(0, vectors.Count).Select(i =>
        {
            var row = new float[vectors.Count];
            distances.Write(i, 0, row);
            return row;
        }).ToArray();
        var core = rows.Select((row, i) => row.Where((_, j) => j != i).Order().ElementAt(minSamples - 1)).ToArray();
        var (best, open) =
            (Enumerable.Repeat(float.PositiveInfinity, vectors.Count).ToArray(), Enumerable.Range(1, vectors.Count - 1).ToHashSet());
        var (last, weights) = (0, new List<float>());
        while (open.Count > 0)
        {
            foreach (var j in open)
            {
                best[j] = Math.Min(best[j], Math.Max(rows[last][j], Math.Max(core[last], core[j])));
            }

            last = open.MinBy(j => best[j]);
            open.Remove(last);
            weights.Add(best[last]);
        }

        return [.. weights.Order()];
    }
}
