using System.Globalization;
using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>An opaque sRGB color.</summary>
internal readonly record struct Color(byte R, byte G, byte B)
{
    public static Color FromHex(uint hex) => new((byte)(hex >> 16), (byte)(hex >> 8), (byte)hex);

    /// <summary>The hexadecimal form of CSS and SVG: #0072b2.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    public SKColor WithAlpha(float alpha) => new(R, G, B, (byte)MathF.Round(alpha * 255));

    /// <summary>Interpolates to another color: 0 gives this color, 1 the other.</summary>
    public Color Toward(Color other, float share) => new(Mix(R, other.R, share), Mix(G, other.G, share), Mix(B, other.B, share));

    private static byte Mix(byte from, byte to, float share) => (byte)MathF.Round(from + ((to - from) * share));
}
