namespace Simile.Imaging;

/// <summary>What a picture is resized to before it is cropped.</summary>
public enum ImageResize
{
    /// <summary>It is not resized.</summary>
    None,

    /// <summary>Height and width are given; the proportions change.</summary>
    Exact,

    /// <summary>The shorter side is given; the proportions stay, the longer side being cut to a whole number.</summary>
    ShortestEdge,

    /// <summary>The sides are whole numbers of patches, as many as may be, and the proportions stay as near as those allow (SigLIP 2's NaFlex).</summary>
    Patches,
}
