using Simile.Index.Codes;

namespace Simile.Index.Hnsw;

/// <summary>The space of <see cref="BuildCodes"/>: fast, and near enough to choose neighbours by.</summary>
internal readonly struct CodeSpace<TKernel>(BuildCodes codes) : INodeSpace
    where TKernel : struct, ICodeKernel
{
    private readonly BuildCodes _codes = codes;

    public float Distance(int a, int b) => _codes.Distance<TKernel>(a, b);

    public unsafe int Search(Graph graph, int slot, int ef, SearchScratch scratch)
    {
        var query = scratch.Work.Levels.Pointer;
        _codes.CopyQuery(slot, query);
        return GraphSearch.Run(graph, new BuildScorer<TKernel>(_codes, query), scratch, ef);
    }
}
