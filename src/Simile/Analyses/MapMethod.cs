namespace Simile.Analyses;

/// <summary>How many dimensions become two.</summary>
public enum MapMethod
{
    /// <summary>
    /// Neighbors stay neighbors, and groups part clearly; distances between groups mean little (van der Maaten and Hinton 2008).
    /// </summary>
    TSne,

    /// <summary>
    /// The same, with a little more of the large structure, and faster for many items (McInnes, Healy and Melville 2018).
    /// </summary>
    Umap,

    /// <summary>The two directions in which the vectors vary most: distances far apart are kept, groups overlap.</summary>
    Pca,
}
