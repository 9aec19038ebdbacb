namespace Simile.Imaging.Features;

/// <summary>The color space of a histogram.</summary>
public enum ColorSpace
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Hue, saturation, value.</summary>
    Hsv,

    /// <summary>CIE 1976 L*a*b* of sRGB under D65, where distances are close to perceived differences.</summary>
    Lab,
}
