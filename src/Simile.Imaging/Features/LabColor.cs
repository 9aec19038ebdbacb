namespace Simile.Imaging.Features;

/// <summary>sRGB to CIE L*a*b*, white D65 of the 2° observer, with the constants of scikit-image's <c>rgb2lab</c>.</summary>
internal static class LabColor
{
    private const double Threshold = 0.008856;

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256)
        .Select(level => level / 255.0 > 0.04045 ? Math.Pow(((level / 255.0) + 0.055) / 1.055, 2.4) : level / 255.0 / 12.92)];

    /// <summary>L* from 0 to 100, a* and b* about −128 to 128.</summary>
    public static (double Lightness, double A, double B) Of(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear[red], Linear[green], Linear[blue]);
        var x = Root(((0.412453 * r) + (0.357580 * g) + (0.180423 * b)) / 0.95047);
        var y = Root((0.212671 * r) + (0.715160 * g) + (0.072169 * b));
        var z = Root(((0.019334 * r) + (0.119193 * g) + (0.950227 * b)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Root(double value) => value > Threshold ? Math.Cbrt(value) : (7.787 * value) + (16.0 / 116.0);
}
