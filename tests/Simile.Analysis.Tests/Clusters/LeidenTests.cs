using Simile.Numerics;

namespace Simile.Analysis.Tests.Clusters;

public class LeidenTests
{
    // Zachary's karate club, 34 members: its best modularity is known to be .4198 (Brandes et al. 2008).
    private const string Karate =
        "1-2 1-3 2-3 1-4 2-4 3-4 1-5 1-6 1-7 5-7 6-7 1-8 2-8 3-8 4-8 1-9 3-9 3-10 1-11 5-11 6-11 1-12 1-13 4-13 1-14 2-14 3-14 4-14 6-17 "
        + "7-17 1-18 2-18 1-20 2-20 1-22 2-22 24-26 25-26 "
        + "3-28 24-28 25-28 3-29 24-30 27-30 2-31 9-31 1-32 25-32 26-32 29-32 3-33 9-33 15-33 16-33 19-33 21-33 23-33 24-33 30-33 31-33 "
        + "32-33 9-34 10-34 14-34 15-34 16-34 19-34 20-34 21-34 23-34 "
        + "24-34 27-34 28-34 29-34 30-34 31-34 32-34 33-34";

    [Fact]
    public void The_karate_club_parts_into_its_four_best_communities()
    {
        var edges = Karate.Split(' ').Select(e => e.Split('-')).ToDictionary(e => (int.Parse(e[0]) - 1, int.Parse(e[1]) - 1), _ => 1.0);
        Assert.Equal(78, edges.Count);
        var best = Enumerable.Range(0, 5).Select(
            seed => Leiden.Fit(WeightedGraph.Of(34, edges, new double[34]), new LeidenOptions { Seed = seed })).MaxBy(l => l.Modularity)!;
        Assert.Equal(0.4198, best.Modularity, 1e-3);
        Assert.Equal(4, best.Count);
    }

    [Fact]
    public void Cliques_joined_by_single_edges_are_communities()
    {
        var edges = new Dictionary<(int, int), double>();
        for (var clique = 0; clique < 8; clique++)
        {
            for (var a = 0; a < 6; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    edges[((clique * 6) + b, (clique * 6) + a)] = 1;
                }
            }

            var next = ((clique * 6) + 5, (clique + 1) % 8 * 6);
            edges[(Math.Min(next.Item1, next.Item2), Math.Max(next.Item1, next.Item2))] = 1;
        }

        var found = Leiden.Fit(WeightedGraph.Of(48, edges, new double[48]), new LeidenOptions());
        Assert.Equal(1, LabelingScores.AdjustedRandIndex([.. Enumerable.Range(0, 48).Select(i => i / 6)], found.Labels));
    }

    [Fact]
    public void Groups_of_vectors_are_found_and_more_resolution_gives_more()
    {
        var graph = NeighborGraph.Build(Rows.Groups(600, 10, 6), new NeighborGraphOptions { K = 10 });
        var found = Leiden.Fit(graph, new LeidenOptions { Resolution = 0.2 });
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(Rows.GroupsOf(600, 6), found.Labels));
        Assert.True(Leiden.Fit(graph, new LeidenOptions { Resolution = 5 }).Count > found.Count);
        Assert.Equal(found.Labels, Leiden.Fit(graph, new LeidenOptions { Resolution = 0.2 }).Labels);
        Sentence.Of<ArgumentException>(() => Leiden.Fit(graph, new LeidenOptions { Resolution = 0 }));
    }

    [Fact]
    public void Every_community_is_connected()
    {
        var graph = NeighborGraph.Build(Rows.Groups(500, 4, 3, spread: 1), new NeighborGraphOptions { K = 8 });
        var found = Leiden.Fit(graph, new LeidenOptions { Resolution = 3 });
        var components = new Components(500);
        for (var i = 0; i < 500; i++)
        {
            foreach (var j in graph.Neighbors(i))
            {
                _ = found.Labels[i] == found.Labels[j] && components.Join(i, j);
            }
        }

        Assert.Equal(found.Count, components.Count);
    }
}
