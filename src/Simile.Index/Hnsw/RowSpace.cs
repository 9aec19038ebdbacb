using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>The space of the vectors themselves: for single additions, and for metrics without codes.</summary>
/// <remarks>
/// Under the dot product, each vector gets one more component that gives all equal length, so that the smallest angle has the best score
/// (Bachrach et al. 2014).
/// </remarks>
internal readonly struct RowSpace(Graph graph) : INodeSpace
{
    private readonly Graph _graph = graph;

    public float Distance(int a, int b)
    {
        var distance = _graph.Rows.Distance(a, b);
        if (_graph.NormPadding is not { } normPadding)
        {
            return distance;
        }

        var tail = normPadding[a] - normPadding[b];
        return distance + (tail * tail);
    }

    public int Search(Graph graph, int slot, int ef, SearchScratch scratch) => GraphSearch.Run(graph, new Scorer(this, slot), scratch, ef);

    private readonly struct Scorer(RowSpace space, int slot) : IScorer
    {
        private readonly RowSpace _space = space;

        public void Prefetch(int other) => _space._graph.Rows.Prefetch(other);

        public Vector128<float> Score(int a, int b, int c, int d) =>
            -Vector128.Create(_space.Distance(slot, a), _space.Distance(slot, b), _space.Distance(slot, c), _space.Distance(slot, d));
    }
}
