using Simile.Index.Hnsw;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index.Tests.Hnsw;

/// <summary>Checks that the fast graph search returns the same hits as a simple one that uses sets and lists.</summary>
public sealed unsafe class GraphSearchTests
{
    private const int Slots = 700;
    private const int Degree = 20;
    private const int Dimensions = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(33)]
    [InlineData(250)]
    [InlineData(2000)]
    public void A_walk_finds_what_the_slow_walk_finds(int ef)
    {
        var random = new Random(ef);
        var graph = RandomGraph(random);
        using var scratch = new SearchScratch(Dimensions, graph.Links.Stride);
        for (var round = 0; round < 50; round++)
        {
            var query = RandomVector(random);
            query.CopyTo(scratch.Query.Slice(0, Dimensions));
            var scorer = new RowScorer(graph.Rows, scratch.Query.Pointer);
            var found = GraphSearch.Run(graph, scorer, scratch, ef);
            var slots = new ReadOnlySpan<ulong>(scratch.Pool, found).ToArray().Select(Candidate.Slot);
            Assert.Equal(SlowWalk(graph, scratch.Query.Pointer, ef), slots);
            Assert.All(new ReadOnlySpan<ulong>(scratch.Visited, scratch.VisitedWords).ToArray(), word => Assert.Equal(0UL, word));
        }

        graph.Release(null);
    }

    // Few different vectors: many scores are equal.
    private static float[] RandomVector(Random random) => [random.Next(6), random.Next(6), random.Next(6)];

    private static Graph RandomGraph(Random random)
    {
        var graph = new Graph
        {
            Rows = new VectorRows(Metric.L2, Dimensions, Slots, inBytes: true),
            Links = new Links(Slots, Degree),
            Ids = new SlotIds(Slots),
            Slots = new SlotTable(),
            Entries = [3, 5, 8],
        };
        for (var slot = 0; slot < Slots; slot++)
        {
            graph.Rows.Set(slot, RandomVector(random));
            var neighbors = Enumerable.Range(0, random.Next(2, Degree + 1)).Select(_ => random.Next(Slots)).Where(other => other != slot);
            graph.Links.Write(slot, neighbors.ToArray());
        }

        return graph;
    }

    private static List<int> SlowWalk(Graph graph, float* query, int ef)
    {
        var byScore =
            Comparer<(float Score, int Slot)>.Create((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Slot.CompareTo(b.Slot));
        var entry = graph.Entries.MaxBy(slot => graph.Rows.Score(query, slot));
        var pool = new SortedSet<(float Score, int Slot)>(byScore) { (graph.Rows.Score(query, entry), entry) };
        var visited = new HashSet<int> { entry };
        var expanded = new HashSet<int>();
        while (pool.Where(one => !expanded.Contains(one.Slot)).Take(GraphSearch.Together).ToArray() is { Length: > 0 } next)
        {
            expanded.UnionWith(next.Select(one => one.Slot));
            foreach (var slot in next.SelectMany(one => Neighbors(graph, one.Slot)).Where(visited.Add).ToArray())
            {
                // Of equal scores the first that came stays.
                var score = graph.Rows.Score(query, slot);
                if (pool.Count < ef || score > pool.Max.Score)
                {
                    pool.Add((score, slot));
                }

                if (pool.Count > ef)
                {
                    pool.Remove(pool.Max);
                }
            }
        }

        return [.. pool.Select(one => one.Slot)];
    }

    private static int[] Neighbors(Graph graph, int slot)
    {
        var row = stackalloc int[graph.Links.Stride];
        return new ReadOnlySpan<int>(row, graph.Links.Read(slot, row)).ToArray();
    }
}
