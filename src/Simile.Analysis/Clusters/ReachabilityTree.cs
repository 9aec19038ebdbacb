using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// The minimum spanning tree of mutual reachability by Borůvka's algorithm: each component takes its lightest edge to another one. Most
/// edges are among the nearest neighbors, and the distance to the last neighbor tells whether a lighter edge may be missing. Only such rows
/// are compared with all others.
/// </summary>
internal sealed class ReachabilityTree
{
    private const int RowBlock = 512;

    // Sample size per component if not all rows are compared; smaller with many components.
    private const int MostSampled = 64;
    private const int SampledInAll = 4096;

    private readonly NeighborGraph _graph;
    private readonly Distances _distances;
    private readonly float[] _core;
    private readonly float[] _known; // no unlisted row is closer than this
    private readonly Components _components;
    private readonly List<SpanningEdge> _edges = [];
    private readonly bool _exact;

    private ReachabilityTree(VectorMatrix vectors, NeighborGraph graph, float[] core)
    {
        (_graph, _core, _exact) = (graph, core, graph.IsExact);
        _distances = new Distances(vectors, graph.Metric);
        _components = new Components(vectors.Count);
        _known = new float[vectors.Count];
        var distances = new float[graph.K];
        for (var i = 0; i < _known.Length; i++)
        {
            graph.Distances(i, distances);
            _known[i] = _exact ? Math.Max(distances[^1], core[i]) : float.PositiveInfinity;
        }
    }

    /// <summary>The edges, lightest first.</summary>
    /// <param name="vectors">At least two vectors.</param>
    /// <param name="graph">Their neighbors; at least as many as the core distance needs.</param>
    /// <param name="core">The core distance of each.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    public static SpanningEdge[] Build(
        VectorMatrix vectors, NeighborGraph graph, float[] core, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var tree = new ReachabilityTree(vectors, graph, core);
        while (tree._components.Count > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tree.Round(cancellationToken);
            progress?.Report(new("spanning tree", tree._edges.Count, vectors.Count - 1));
        }

        tree._edges.Sort(Lighter);
        return [.. tree._edges];
    }

    private void Round(CancellationToken cancellationToken)
    {
        var of = _components.All();
        var best = Listed(of);
        var largest = of[Enumerable.Range(0, of.Length).MaxBy(i => _components.Size(of[i]))];
        // Every component but the largest gets its lightest edge: that is enough, and the largest one would cost most.
        var open = _exact
            ? Enumerable.Range(0, of.Length).Where(i => of[i] != largest && _known[i] < best.Weight(of[i])).ToArray()
            : Samples(of, best, largest);
        Compare(open, of, best, cancellationToken);
        foreach (var edge in best.Edges.Where(e => e.A >= 0).Order(Comparer<SpanningEdge>.Create(Lighter)))
        {
            if (_components.Join(edge.A, edge.B))
            {
                _edges.Add(edge);
            }
        }
    }

    // The lightest edge of every component among the neighbors. Both ends see an edge, even if only one lists the other.
    private Lightest Listed(int[] of)
    {
        var best = new Lightest(of.Length);
        var distances = new float[_graph.K];
        for (var i = 0; i < of.Length; i++)
        {
            _graph.Distances(i, distances);
            var neighbors = _graph.Neighbors(i);
            for (var j = 0; j < neighbors.Length; j++)
            {
                var to = neighbors[j];
                if (of[to] != of[i])
                {
                    var edge = new SpanningEdge(i, to, Math.Max(distances[j], Math.Max(_core[i], _core[to])));
                    best.Take(of[i], edge);
                    best.Take(of[to], edge);
                }
            }
        }

        return best;
    }

    private void Compare(int[] open, int[] of, Lightest best, CancellationToken cancellationToken)
    {
        var found = new SpanningEdge[open.Length];
        Parallel.For(
            0,
            open.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => new float[RowBlock],
            (at, _, row) =>
            {
                found[at] = LightestFrom(open[at], of, best.Weight(of[open[at]]), row);
                return row;
            }, _ => { });
        foreach (var edge in found)
        {
            if (edge.A >= 0)
            {
                best.Take(of[edge.A], edge);
                best.Take(of[edge.B], edge);
            }
        }
    }

    // The lightest edge from a row to another component below a limit.
    private SpanningEdge LightestFrom(int i, int[] of, float limit, float[] row)
    {
        var edge = new SpanningEdge(-1, -1, limit);
        for (var first = 0; first < of.Length; first += RowBlock)
        {
            var part = row.AsSpan(0, Math.Min(RowBlock, of.Length - first));
            _distances.Write(i, first, part);
            for (var j = 0; j < part.Length; j++)
            {
                if (part[j] < edge.Weight && of[first + j] != of[i] && Math.Max(_core[i], _core[first + j]) < edge.Weight)
                {
                    edge = new(i, first + j, Math.Max(part[j], Math.Max(_core[i], _core[first + j])));
                }
            }
        }

        return edge;
    }

    // For components without outgoing neighbors, a sample of rows.
    private int[] Samples(int[] of, Lightest best, int largest)
    {
        var closed = Enumerable.Range(0, of.Length).Where(i => of[i] != largest && float.IsPositiveInfinity(best.Weight(of[i])))
            .GroupBy(i => of[i])
            .ToArray();
        var each = Math.Clamp(SampledInAll / Math.Max(1, closed.Length), 1, MostSampled);
        return [.. closed.SelectMany(rows => rows.Where((_, n) => n % Math.Max(1, _components.Size(rows.Key) / each) == 0))];
    }

    private static int Lighter(SpanningEdge a, SpanningEdge b) =>
        a.Weight != b.Weight
            ? a.Weight.CompareTo(b.Weight)
            : (Math.Min(a.A, a.B), Math.Max(a.A, a.B)).CompareTo((Math.Min(b.A, b.B), Math.Max(b.A, b.B)));

    /// <summary>The lightest edge of each component.</summary>
    private sealed class Lightest
    {
        public Lightest(int count)
        {
            Edges = new SpanningEdge[count];
            Edges.AsSpan().Fill(new SpanningEdge(-1, -1, float.PositiveInfinity));
        }

        public SpanningEdge[] Edges { get; }

        public float Weight(int component) => Edges[component].Weight;

        // Equal weights are ordered by their rows, the same from both ends; otherwise rounds could create a cycle of equal edges.
        public void Take(int component, SpanningEdge edge)
        {
            if (Edges[component].A < 0 || Lighter(edge, Edges[component]) < 0)
            {
                Edges[component] = edge;
            }
        }
    }
}
