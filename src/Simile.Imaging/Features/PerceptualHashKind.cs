namespace Simile.Imaging.Features;

/// <summary>What each bit of a perceptual hash means.</summary>
public enum PerceptualHashKind
{
    /// <summary>Whether a part of the picture is lighter than the mean.</summary>
    Average,

    /// <summary>Whether a part is lighter than the part to its left.</summary>
    Difference,

    /// <summary>Whether a low frequency (discrete cosine transform) is above the median: survives most edits.</summary>
    Dct,
}
