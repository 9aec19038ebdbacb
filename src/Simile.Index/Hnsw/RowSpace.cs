using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>The space of the vectors themselves: for single additions, and for metrics without codes.</summary>
/// <param name="graph">The vectors.</param>
/// <param name="products">
/// Whether the distance is minus twice the product of the vectors from the center, instead of a distance of points
/// (<see cref="Edges{TSpace}"/>).
/// </param>
internal readonly struct RowSpace(Graph graph, bool products = false) : INodeSpace
{
    private readonly Graph _graph = graph;
    private readonly bool _products = products;

    // −2 a·b = |a − b|² − |a|² − |b|². Products of vectors far from the origin would lose all precision.
    public float Distance(int a, int b)
    {
        var distance = _graph.Rows.Distance(a, b);
        if (!_products)
        {
            return distance;
        }

        var minusTwice = distance - _graph.SquaredNorms![a] - _graph.SquaredNorms[b];
        return float.IsNaN(minusTwice) ? float.PositiveInfinity : minusTwice; // where infinities of huge vectors meet
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
