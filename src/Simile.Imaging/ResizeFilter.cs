namespace Simile.Imaging;

/// <summary>The filters of Pillow's resize. All but Nearest widen with the scale when a picture gets smaller, so that nothing is skipped.</summary>
public enum ResizeFilter
{
    /// <summary>The pixel under the centre.</summary>
    Nearest,

    /// <summary>The mean of what a pixel covers. Support 0.5.</summary>
    Box,

    /// <summary>A triangle. Support 1.</summary>
    Bilinear,

    /// <summary>A window as sharp as Bicubic without its halos. Support 1.</summary>
    Hamming,

    /// <summary>Keys' cubic with a = -0.5. Support 2.</summary>
    Bicubic,

    /// <summary>A sinc within a sinc. Support 3.</summary>
    Lanczos,
}
