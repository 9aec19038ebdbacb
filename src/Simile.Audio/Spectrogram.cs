using Simile.Numerics;

namespace Simile.Audio;

/// <summary>The short-time Fourier transform: the strength of every frequency, frame by frame.</summary>
public static class Spectrogram
{
    /// <summary>The squared magnitudes of every frame: frames × (FftLength / 2 + 1).</summary>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public static VectorMatrix Power(ReadOnlySpan<float> samples, SpectrogramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var (fourier, window) = (new Fourier(options.FftLength), CenteredWindow(options));
        var frame = new double[fourier.Length];
        var pad = options.Center ? options.FftLength / 2 : 0;
        var whole = samples.Length + (2 * pad) - options.FftLength;
        var result = new VectorMatrix(whole < 0 ? 0 : (whole / options.HopLength) + 1, fourier.Bins);
        for (var i = 0; i < result.Count; i++)
        {
            Fill(frame, samples, (i * options.HopLength) - pad, options.Padding);
            for (var j = 0; j < frame.Length; j++)
            {
                frame[j] *= window[j];
            }

            fourier.Power(frame, result[i]);
        }

        return result;
    }

    /// <summary>The magnitudes of every frame: frames × (FftLength / 2 + 1).</summary>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public static VectorMatrix Magnitude(ReadOnlySpan<float> samples, SpectrogramOptions options)
    {
        var magnitudes = Power(samples, options);
        foreach (ref var value in magnitudes.AsSpan())
        {
            value = MathF.Sqrt(value);
        }

        return magnitudes;
    }

    /// <summary>One frame from <paramref name="start"/> on, which may lie outside the sound.</summary>
    internal static void Fill(Span<double> frame, ReadOnlySpan<float> samples, int start, FramePadding padding)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            var at = start + i;
            if ((uint)at >= (uint)samples.Length && padding == FramePadding.Reflect)
            {
                at = Mirror(at, samples.Length);
            }

            frame[i] = (uint)at < (uint)samples.Length ? samples[at] : 0;
        }
    }

    private static int Mirror(int at, int length)
    {
        if (length < 2)
        {
            return 0;
        }

        var period = 2 * (length - 1);
        at = ((at % period) + period) % period;
        return at < length ? at : period - at;
    }

    private static double[] CenteredWindow(SpectrogramOptions options)
    {
        var length = options.WindowLength == 0 ? options.FftLength : options.WindowLength;
        var whole = new double[options.FftLength];
        Windows.Make(options.Window, length, periodic: true).CopyTo(whole, (options.FftLength - length) / 2);
        return whole;
    }
}
