using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Mel-frequency cepstral coefficients: the shape of each frame's spectrum in a few numbers.</summary>
/// <remarks>Davis and Mermelstein (1980): an orthonormal cosine transform of mel bands in decibels. Equal to librosa's.</remarks>
public static class Mfcc
{
    /// <summary>The coefficients: frames × <see cref="MfccOptions.Coefficients"/>.</summary>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public static VectorMatrix Build(Waveform sound, MfccOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sound);
        options ??= new MfccOptions();
        options.Validate();
        var power = Spectrogram.Power(sound.Samples.Span, options.Spectrogram);
        var filters = new MelFilters(
            sound.SampleRate,
            options.Spectrogram.FftLength,
            options.Bands,
            options.Lowest,
            options.Highest ?? sound.SampleRate / 2.0,
            options.Scale,
            options.EqualArea);
        var bands = filters.Apply(power);
        Decibels.FromPower(bands);
        var coefficients = new VectorMatrix(bands.Count, options.Coefficients);
        MatrixProduct.TimesTransposed(bands, CosineTransform(options), coefficients);
        return coefficients;
    }

    /// <summary>One vector for a whole sound of any length: the mean of every coefficient, then its standard deviation.</summary>
    /// <returns>2 · <see cref="MfccOptions.Coefficients"/> numbers.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or the sound is shorter than one frame.</exception>
    public static float[] Statistics(Waveform sound, MfccOptions? options = null)
    {
        var coefficients = Build(sound, options);
        if (coefficients.Count == 0)
        {
            throw new ArgumentException("The sound is shorter than one frame, so it has no coefficients.", nameof(sound));
        }

        var statistics = new float[2 * coefficients.Dimensions];
        for (var j = 0; j < coefficients.Dimensions; j++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var i = 0; i < coefficients.Count; i++)
            {
                sum += coefficients[i][j];
            }

            var mean = sum / coefficients.Count;
            for (var i = 0; i < coefficients.Count; i++)
            {
                squares += (coefficients[i][j] - mean) * (coefficients[i][j] - mean);
            }

            statistics[j] = (float)mean;
            statistics[coefficients.Dimensions + j] = (float)Math.Sqrt(squares / coefficients.Count);
        }

        return statistics;
    }

    /// <summary>
    /// The rate of change of coefficients: their slope (order 1) or curvature (order 2) over the frames around each, by least squares.
    /// </summary>
    /// <param name="coefficients">Frames × coefficients, at least <paramref name="width"/> frames.</param>
    /// <param name="width">Number of frames in the fit, odd and at least 3.</param>
    /// <param name="order">1 or 2.</param>
    /// <remarks>Savitzky and Golay (1964). Frames near the ends use the fit of the last full width.</remarks>
    /// <exception cref="ArgumentException">There are too few frames, or the width or order is invalid.</exception>
    public static VectorMatrix Delta(VectorMatrix coefficients, int width = 9, int order = 1)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (width < 3 || width % 2 == 0 || order is < 1 or > 2 || coefficients.Count < width)
        {
            throw new ArgumentException(
                $"Order {order} over a width of {width} and {coefficients.Count} frames is invalid: "
                + "the width must be odd, from 3 to the number of frames, and the order 1 or 2.");
        }

        var (weights, half) = (SlopeWeights(width, order), width / 2);
        var slopes = new VectorMatrix(coefficients.Count, coefficients.Dimensions);
        for (var i = 0; i < slopes.Count; i++)
        {
            var middle = Math.Clamp(i, half, slopes.Count - 1 - half);
            for (var k = 0; k < width; k++)
            {
                Add(coefficients[middle - half + k], weights[k], slopes[i]);
            }
        }

        return slopes;
    }

    private static void Add(ReadOnlySpan<float> row, double weight, Span<float> sum)
    {
        for (var j = 0; j < row.Length; j++)
        {
            sum[j] += (float)(weight * row[j]);
        }
    }

    private static double[] SlopeWeights(int width, int order)
    {
        var shape = Enumerable.Range(-(width / 2), width).Select(k => order == 1 ? k : (double)(k * k)).ToArray();
        var mean = shape.Average();
        var squares = shape.Sum(k => (k - mean) * (k - mean));
        return [.. shape.Select(k => order * (k - mean) / squares)];
    }

    private static VectorMatrix CosineTransform(MfccOptions options)
    {
        var transform = new VectorMatrix(options.Coefficients, options.Bands);
        for (var i = 0; i < options.Coefficients; i++)
        {
            var lift = options.Lifter > 0 ? 1 + (options.Lifter / 2 * Math.Sin(Math.PI * (i + 1) / options.Lifter)) : 1;
            var scale = lift * Math.Sqrt((i == 0 ? 1.0 : 2.0) / options.Bands);
            for (var j = 0; j < options.Bands; j++)
            {
                transform[i][j] = (float)(scale * Math.Cos(Math.PI * i * (j + 0.5) / options.Bands));
            }
        }

        return transform;
    }
}
