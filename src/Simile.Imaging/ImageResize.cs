namespace Simile.Imaging;

/// <summary>The kind of resize before the crop.</summary>
public enum ImageResize
{
    /// <summary>The picture keeps its size.</summary>
    None,

    /// <summary>Height and width are fixed. The aspect ratio changes.</summary>
    Exact,

    /// <summary>The shorter side is fixed. The aspect ratio stays; the longer side is rounded down.</summary>
    ShortestEdge,

    /// <summary>
    /// Both sides become whole numbers of patches, as many as allowed, with nearly the same aspect ratio (SigLIP 2's NaFlex).
    /// </summary>
    Patches,
}
