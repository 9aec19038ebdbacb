namespace Simile.Imaging;

/// <summary>Pillow's resize filters. When a picture shrinks, all but Nearest widen with the scale, so that no pixel is skipped.</summary>
public enum ResizeFilter
{
    /// <summary>The pixel under the center.</summary>
    Nearest,

    /// <summary>Box filter: the mean of the covered pixels. Support 0.5.</summary>
    Box,

    /// <summary>Triangle filter. Support 1.</summary>
    Bilinear,

    /// <summary>Hamming-windowed sinc: as sharp as Bicubic without ringing. Support 1.</summary>
    Hamming,

    /// <summary>Keys' cubic with a = -0.5. Support 2.</summary>
    Bicubic,

    /// <summary>Lanczos: a sinc-windowed sinc. Support 3.</summary>
    Lanczos,
}
