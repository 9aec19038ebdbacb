namespace Simile.Imaging;

/// <summary>Rescaling and normalization by a table, because a byte has only 256 values in each of three colors.</summary>
internal static class PixelLevels
{
    private const int Levels = 256;

    /// <summary>Entry <c>c * 256 + byte</c> is the result for color c, rounded after each step as the libraries do.</summary>
    public static float[] Compute(ImageProcessorOptions options)
    {
        var levels = new float[3 * Levels];
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = options is { Library: ImageLibrary.Transformers, Backend: ImageBackend.TorchVision }
                && options is { RescaleFactor: { } factor, RescaleOffset: false, Mean.Count: > 0 }
                ? Fused(i % Levels, i / Levels, options, factor)
                : Stepwise(i % Levels, i / Levels, options);
        }

        return levels;
    }

    /// <summary>Converts pixels [height, width, 3] to numbers [3, height, width].</summary>
    public static void Apply(ReadOnlySpan<byte> pixels, ReadOnlySpan<float> levels, Span<float> target)
    {
        var plane = pixels.Length / 3;
        var red = levels[..Levels];
        var green = levels.Slice(Levels, Levels);
        var blue = levels.Slice(2 * Levels, Levels);
        var reds = target[..plane];
        var greens = target.Slice(plane, plane);
        var blues = target.Slice(2 * plane, plane);
        for (int i = 0, from = 0; i < plane; i++, from += 3)
        {
            reds[i] = red[pixels[from]];
            greens[i] = green[pixels[from + 1]];
            blues[i] = blue[pixels[from + 2]];
        }
    }

    // transformers scales mean and std instead of the pixels, which saves one step.
    private static float Fused(int level, int color, ImageProcessorOptions options, double factor)
    {
        var inverse = (float)(1 / factor);
        return Again((level - (options.Mean[color] * inverse)) / (options.Std[color] * inverse), color, options);
    }

    private static float Stepwise(int level, int color, ImageProcessorOptions options)
    {
        var value = options.RescaleFactor is not { } factor ? level
            : options.Library == ImageLibrary.TorchVision ? level / 255f
            : (float)(level * factor);
        if (options.RescaleOffset)
        {
            value -= 1;
        }

        return options.Mean.Count == 0 ? value : Again((value - options.Mean[color]) / options.Std[color], color, options);
    }

    private static float Again(float value, int color, ImageProcessorOptions options) =>
        options.DividesTwice ? value / options.Std[color] : value;
}
