namespace Simile.Analysis;

/// <summary>An undirected graph. The edges of node i are those from Starts[i] to Starts[i + 1]; each edge is stored at both ends.</summary>
/// <param name="Starts">Length: number of nodes plus one.</param>
/// <param name="Ends">The other node of each edge.</param>
/// <param name="Weights">The weight of each edge, above 0.</param>
/// <param name="Inner">The weight of edges inside each node, in both directions.</param>
internal sealed record WeightedGraph(int[] Starts, int[] Ends, double[] Weights, double[] Inner)
{
    public int Count => Inner.Length;

    /// <summary>The degree of each node: the weight of all its edges, including inner ones.</summary>
    public double[] Degrees() =>
        [.. Enumerable.Range(0, Count).Select(i => Inner[i] + Weights.AsSpan(Starts[i]..Starts[i + 1]).ToArray().Sum())];

    /// <summary>Connects rows to their nearest ones. Closer ones have larger weights, doubled if the relation is mutual.</summary>
    public static WeightedGraph Of(NeighborGraph neighbors)
    {
        var distances = new float[neighbors.K];
        var edges = new Dictionary<(int, int), double>(neighbors.Count * neighbors.K);
        for (var i = 0; i < neighbors.Count; i++)
        {
            neighbors.Distances(i, distances);
            var to = neighbors.Neighbors(i);
            for (var j = 0; j < to.Length; j++)
            {
                var edge = (Math.Min(i, to[j]), Math.Max(i, to[j]));
                edges[edge] = edges.GetValueOrDefault(edge) + (1.0 / (1 + distances[j]));
            }
        }

        return Of(neighbors.Count, edges, new double[neighbors.Count]);
    }

    /// <summary>The edges of pairs of nodes.</summary>
    public static WeightedGraph Of(int count, Dictionary<(int A, int B), double> edges, double[] inner)
    {
        var starts = new int[count + 1];
        foreach (var (a, b) in edges.Keys)
        {
            starts[a + 1]++;
            starts[b + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var (next, ends, weights) = (starts.AsSpan(0, count).ToArray(), new int[starts[count]], new double[starts[count]]);
        foreach (var ((a, b), weight) in edges.OrderBy(e => e.Key))
        {
            (ends[next[a]], weights[next[a]++]) = (b, weight);
            (ends[next[b]], weights[next[b]++]) = (a, weight);
        }

        return new WeightedGraph(starts, ends, weights, inner);
    }

    /// <summary>Merges sets of nodes to one node each.</summary>
    public WeightedGraph Aggregate(int[] sets, int count)
    {
        var edges = new Dictionary<(int, int), double>();
        var inner = new double[count];
        for (var i = 0; i < Count; i++)
        {
            inner[sets[i]] += Inner[i];
            for (var e = Starts[i]; e < Starts[i + 1]; e++)
            {
                var (a, b) = (sets[i], sets[Ends[e]]);
                if (a == b)
                {
                    inner[a] += Weights[e];
                }
                else if (a < b)
                {
                    edges[(a, b)] = edges.GetValueOrDefault((a, b)) + Weights[e];
                }
            }
        }

        return Of(count, edges, inner);
    }
}
