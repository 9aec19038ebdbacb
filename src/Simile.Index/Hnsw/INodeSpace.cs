namespace Simile.Index.Hnsw;

/// <summary>The space in which a graph is built. Used only as a type argument.</summary>
internal interface INodeSpace
{
    /// <summary>The distance of two slots.</summary>
    float Distance(int a, int b);

    /// <summary>Fills the pool with the slots closest to a slot that need not be linked yet, and returns their number.</summary>
    int Search(Graph graph, int slot, int ef, SearchScratch scratch);
}
