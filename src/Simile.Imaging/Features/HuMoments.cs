namespace Simile.Imaging.Features;

/// <summary>
/// The seven Hu moments of the gray levels: invariant to translation, scale and rotation. The seventh changes its sign under reflection.
/// </summary>
/// <remarks>
/// Hu, "Visual pattern recognition by moment invariants", 1962, as OpenCV's <c>HuMoments</c>. In scikit-image's <c>moments_hu</c> the x
/// axis points down, so the seventh moment has the opposite sign. The moments differ by many powers of ten, so the default is −sign(h) ·
/// log₁₀|h|, or 0 if h is 0.
/// </remarks>
public sealed record HuMoments : PictureFeature
{
    /// <summary>Whether to return logarithms instead of the moments themselves.</summary>
    public bool IsLogarithm { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => IsLogarithm ? "hu" : "hu(plain)";

    /// <inheritdoc/>
    public override int Dimensions => 7;

    /// <inheritdoc/>
    public override float[] Compute(Picture picture) =>
        Array.ConvertAll(
            Moments(picture), moment => (float)(!IsLogarithm || moment == 0 ? moment : -Math.Sign(moment) * Math.Log10(Math.Abs(moment))));

    /// <inheritdoc/>
    public override void Validate()
    {
    }

    /// <summary>The moments themselves; all 0 if the picture is black.</summary>
    public static double[] Moments(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var gray = picture.ToGray();
        var (mass, x, y) = Center(gray);
        if (mass == 0)
        {
            return new double[7];
        }

        double Normal(int p, int q) => Central(gray, x, y, p, q) / Math.Pow(mass, 1 + ((p + q) / 2.0));
        return Invariants(Normal(2, 0), Normal(0, 2), Normal(1, 1), Normal(3, 0), Normal(2, 1), Normal(1, 2), Normal(0, 3));
    }

    private static (double Mass, double X, double Y) Center(Picture gray)
    {
        var (mass, sumX, sumY) = (0.0, 0.0, 0.0);
        for (var i = 0; i < gray.Pixels.Length; i++)
        {
            mass += gray.Pixels[i];
            sumX += (double)gray.Pixels[i] * (i % gray.Width);
            sumY += (double)gray.Pixels[i] * (i / gray.Width);
        }

        return (mass, sumX / mass, sumY / mass);
    }

    private static double Central(Picture gray, double x, double y, int p, int q)
    {
        var sum = 0.0;
        for (var row = 0; row < gray.Height; row++)
        {
            var line = 0.0;
            for (var column = 0; column < gray.Width; column++)
            {
                line += gray.Pixels[(row * gray.Width) + column] * Power(column - x, p);
            }

            sum += line * Power(row - y, q);
        }

        return sum;
    }

    private static double Power(double value, int exponent) => exponent switch
    {
        0 => 1,
        1 => value,
        2 => value * value,
        _ => value * value * value,
    };

    private static double[] Invariants(double n20, double n02, double n11, double n30, double n21, double n12, double n03)
    {
        var (a, b) = (n30 + n12, n21 + n03);
        var (c, d) = (n30 - (3 * n12), (3 * n21) - n03);
        return
        [
            n20 + n02,
            ((n20 - n02) * (n20 - n02)) + (4 * n11 * n11),
            (c * c) + (d * d),
            (a * a) + (b * b),
            (c * a * ((a * a) - (3 * b * b))) + (d * b * ((3 * a * a) - (b * b))),
            ((n20 - n02) * ((a * a) - (b * b))) + (4 * n11 * a * b),
            (d * a * ((a * a) - (3 * b * b))) - (c * b * ((3 * a * a) - (b * b))),
        ];
    }
}
