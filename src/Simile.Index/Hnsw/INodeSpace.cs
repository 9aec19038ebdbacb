namespace Simile.Index.Hnsw;

/// <summary>The space that a graph is built in. Used as a type argument only.</summary>
internal interface INodeSpace
{
    /// <summary>How far two slots are apart.</summary>
    float Distance(int a, int b);

    /// <summary>Fills the pool of the scratch with the slots closest to one that need not be linked yet, and returns how many there are.</summary>
    int Search(Graph graph, int slot, int ef, SearchScratch scratch);
}
