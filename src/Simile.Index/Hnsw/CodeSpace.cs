using Simile.Index.Codes;

namespace Simile.Index.Hnsw;

/// <summary>
/// The space of <see cref="BuildCodes"/>: fast, and accurate enough to select neighbors. Walks use the shorter codes of searches if they
/// are accurate enough.
/// </summary>
/// <param name="codes">The codes.</param>
/// <param name="products">Whether the distance is minus twice the product of codes, as in <see cref="RowSpace"/>.</param>
internal readonly struct CodeSpace<TKernel>(BuildCodes codes, bool products = false) : INodeSpace
    where TKernel : struct, ICodeKernel
{
    private readonly BuildCodes _codes = codes;
    private readonly bool _products = products;

    public float Distance(int a, int b) => _products ? -2 * _codes.Product<TKernel>(a, b) : _codes.Distance<TKernel>(a, b);

    public unsafe int Search(Graph graph, int slot, int ef, SearchScratch scratch)
    {
        if (graph.SquaredNorms is not null)
        {
            var query = scratch.Work.Levels.Pointer;
            _codes.CopyQuery(slot, query);
            return GraphSearch.Run(graph, new BuildScorer<TKernel>(_codes, slot, query, _products), scratch, ef);
        }

        var codes = graph.Codes!;
        _codes.CopyCoordinates(slot, scratch.Work.Coordinates.Pointer, codes.Layout.Coordinates);
        var scale = codes.Prepare(scratch.Work);
        var lines = graph.CodeBytes!.Pointer;
        return graph.Scaled
            ? GraphSearch.Run(graph, new ScaledCodeScorer<TKernel>(lines, codes.Layout, scratch.Work, scale), scratch, ef)
            : GraphSearch.Run(graph, new CodeScorer<TKernel>(lines, codes.Layout, scratch.Work, scale), scratch, ef);
    }
}
