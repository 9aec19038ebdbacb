namespace Simile.Imaging.Features;

/// <summary>The three numbers that a colour is taken apart into.</summary>
public enum ColorSpace
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Hue, saturation, value.</summary>
    Hsv,

    /// <summary>CIE 1976 L*a*b* of sRGB under D65, where distances are about those that people see.</summary>
    Lab,
}
