using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Symmetric sparse weights between rows: those of row i are at offsets <c>Starts[i]</c> to <c>Starts[i + 1]</c>.</summary>
/// <remarks>Each row is padded to a multiple of <see cref="Lanes"/> with pairs of the row with itself, of weight 0.</remarks>
internal sealed class Affinities
{
    public const int Lanes = 8;

    private Affinities(int[] starts, int[] columns, float[] weights) => (Starts, Columns, Weights) = (starts, columns, weights);

    public int[] Starts { get; }

    public int[] Columns { get; }

    public float[] Weights { get; }

    public int Count => Starts.Length - 1;

    /// <summary>t-SNE's joint probabilities of a neighbor graph: (p(j | i) + p(i | j)) / 2n; they sum to 1.</summary>
    public static Affinities Joint(NeighborGraph graph, double perplexity, int threads, CancellationToken cancellationToken)
    {
        var conditional = new double[(long)graph.Count * graph.K];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, graph.Count, parallel, i =>
        {
            var row = conditional.AsSpan(i * graph.K, graph.K);
            var scores = graph.Scores(i);
            for (var j = 0; j < row.Length; j++)
            {
                var distance = graph.Distance(scores[j]);
                row[j] = graph.Metric == Metric.L2 ? Math.Max(0, -(double)scores[j]) : (double)distance * distance;
            }

            PerplexitySearch.Run(row, perplexity);
        });
        return Symmetrize(graph, conditional, (own, other) => own + other, 1.0 / (2.0 * graph.Count));
    }

    /// <summary>
    /// The symmetric sum: weight(i, j) = scale · combine(directed(i, j), directed(j, i)), where a missing weight is 0. Pairs of weight 0
    /// are omitted.
    /// </summary>
    /// <param name="graph">The neighbor graph, which gives the target row of each directed weight.</param>
    /// <param name="directed">K weights per row.</param>
    /// <param name="combine">A symmetric function.</param>
    /// <param name="scale">The factor of all weights.</param>
    public static Affinities Symmetrize(NeighborGraph graph, double[] directed, Func<double, double, double> combine, double scale)
    {
        var incoming = Incoming.Of(graph);
        var rows = new (int[] Columns, float[] Weights)[graph.Count];
        Parallel.For(0, graph.Count, i => rows[i] = Row(graph, directed, incoming, i, combine, scale));
        var starts = new int[graph.Count + 1];
        for (var i = 0; i < graph.Count; i++)
        {
            starts[i + 1] = starts[i] + ((rows[i].Columns.Length + Lanes - 1) / Lanes * Lanes);
        }

        var (columns, weights) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < graph.Count; i++)
        {
            columns.AsSpan(starts[i], starts[i + 1] - starts[i]).Fill(i);
            rows[i].Columns.CopyTo(columns, starts[i]);
            rows[i].Weights.CopyTo(weights, starts[i]);
        }

        return new Affinities(starts, columns, weights);
    }

    private static (int[] Columns, float[] Weights) Row(
        NeighborGraph graph, double[] directed, Incoming incoming, int i, Func<double, double, double> combine, double scale)
    {
        var weights = new SortedList<int, double>();
        var own = graph.Neighbors(i);
        for (var j = 0; j < own.Length; j++)
        {
            var back = graph.Neighbors(own[j]).IndexOf(i);
            weights[own[j]] = combine(directed[(i * graph.K) + j], back < 0 ? 0 : directed[(own[j] * graph.K) + back]);
        }

        foreach (var edge in incoming[i])
        {
            weights.TryAdd(edge / graph.K, combine(0, directed[edge]));
        }

        var kept = weights.Where(w => w.Value > 0).ToArray();
        return ([.. kept.Select(w => w.Key)], [.. kept.Select(w => (float)(w.Value * scale))]);
    }

    /// <summary>The incoming edges of each row; an edge's number is row · K + rank.</summary>
    private sealed class Incoming(int[] starts, int[] edges)
    {
        public ReadOnlySpan<int> this[int row] => edges.AsSpan(starts[row], starts[row + 1] - starts[row]);

        public static Incoming Of(NeighborGraph graph)
        {
            var starts = new int[graph.Count + 1];
            for (var i = 0; i < graph.Count; i++)
            {
                foreach (var neighbor in graph.Neighbors(i))
                {
                    starts[neighbor + 1]++;
                }
            }

            for (var i = 0; i < graph.Count; i++)
            {
                starts[i + 1] += starts[i];
            }

            var (next, edges) = (starts.ToArray(), new int[starts[^1]]);
            for (var i = 0; i < graph.Count; i++)
            {
                var neighbors = graph.Neighbors(i);
                for (var j = 0; j < neighbors.Length; j++)
                {
                    edges[next[neighbors[j]]++] = (i * graph.K) + j;
                }
            }

            return new Incoming(starts, edges);
        }
    }
}
