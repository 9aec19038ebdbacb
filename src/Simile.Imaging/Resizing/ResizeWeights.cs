namespace Simile.Imaging.Resizing;

/// <summary>For each target row or column: the start and length of its window in the source, and the weight of each source pixel.</summary>
/// <param name="Starts">First source pixel of each window.</param>
/// <param name="Lengths">Number of pixels of each window.</param>
/// <param name="Stride">Number of weights stored per window, at least the longest length.</param>
/// <param name="Values">Weight j of window i is <c>Values[i * Stride + j]</c>. The weights of a window sum to 1.</param>
internal sealed record ResizeWeights(int[] Starts, int[] Lengths, int Stride, double[] Values)
{
    /// <summary>Number of fractional bits of the integer weights.</summary>
    public const int Precision = 22;

    /// <summary>The first source pixel that any window needs, and the index after the last.</summary>
    public (int First, int End) Span => (Starts[0], Starts[^1] + Lengths[^1]);

    /// <summary>
    /// The weights for a source of <paramref name="size"/> pixels, of which the part from <paramref name="low"/> to <paramref name="high"/>
    /// becomes <paramref name="target"/> pixels.
    /// </summary>
    public static ResizeWeights Compute(int size, float low, float high, int target, ResizeFilter filter)
    {
        var scale = ((double)high - low) / target;
        var widened = Math.Max(scale, 1);
        var support = Support(filter) * widened;
        var stride = ((int)Math.Ceiling(support) * 2) + 1;
        var weights = new ResizeWeights(new int[target], new int[target], stride, new double[checked(target * stride)]);
        for (var i = 0; i < target; i++)
        {
            var center = low + ((i + 0.5) * scale);
            var start = Math.Max((int)(center - support + 0.5), 0);
            var length = Math.Min((int)(center + support + 0.5), size) - start;
            (weights.Starts[i], weights.Lengths[i]) = (start, length);
            Fill(weights.Values.AsSpan(i * stride, length), start - center + 0.5, 1 / widened, filter);
        }

        return weights;
    }

    /// <summary>The weights as whole numbers of 2^-22, rounded half away from zero.</summary>
    public int[] ToFixed() =>
        Array.ConvertAll(Values, w => w < 0 ? (int)((w * (1 << Precision)) - 0.5) : (int)((w * (1 << Precision)) + 0.5));

    /// <summary>How far the filter reaches at scale 1, in pixels to each side.</summary>
    public static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => 0.5,
        ResizeFilter.Bilinear or ResizeFilter.Hamming => 1,
        ResizeFilter.Bicubic => 2,
        ResizeFilter.Lanczos => 3,
        _ => throw new ArgumentException($"The filter {filter} has no weights."),
    };

    private static void Fill(Span<double> weights, double first, double inverse, ResizeFilter filter)
    {
        var sum = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            weights[j] = Value(filter, (j + first) * inverse);
            sum += weights[j];
        }

        for (var j = 0; sum != 0 && j < weights.Length; j++)
        {
            weights[j] /= sum;
        }
    }

    private static double Value(ResizeFilter filter, double x) => filter switch
    {
        ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResizeFilter.Bilinear => Math.Max(1 - Math.Abs(x), 0),
        ResizeFilter.Hamming => Hamming(Math.Abs(x)),
        ResizeFilter.Bicubic => Bicubic(Math.Abs(x)),
        _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
    };

    private static double Hamming(double x) =>
        x == 0 ? 1 : x >= 1 ? 0 : Math.Sin(x * Math.PI) / (x * Math.PI) * (0.54 + (0.46 * Math.Cos(x * Math.PI)));

    private static double Bicubic(double x)
    {
        const double A = -0.5;
        return x < 1 ? ((((A + 2) * x) - (A + 3)) * x * x) + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * A : 0;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
