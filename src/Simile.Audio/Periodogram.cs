using Simile.Numerics;

namespace Simile.Audio;

/// <summary>What a <see cref="Periodogram"/> measures.</summary>
public enum PeriodogramScale
{
    /// <summary>One-sided power per hertz (mode psd, scaling density).</summary>
    Density,

    /// <summary>The amplitude of each frequency (mode magnitude, scaling spectrum).</summary>
    Magnitude,
}

/// <summary>
/// A spectrogram in physical units, as scipy.signal.spectrogram: whole segments only, with optional removal of each segment's mean.
/// </summary>
public static class Periodogram
{
    /// <summary>Segments × (fftLength / 2 + 1).</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="window">The window weights (periodic).</param>
    /// <param name="segment">Samples per segment.</param>
    /// <param name="overlap">Number of samples shared with the previous segment, less than a segment.</param>
    /// <param name="fftLength">Samples per transform, at least one segment. The rest is zero-padded.</param>
    /// <param name="scale">The quantity to compute.</param>
    /// <param name="removeMean">Whether to subtract each segment's mean first.</param>
    /// <exception cref="ArgumentException">The lengths are invalid.</exception>
    public static VectorMatrix Build(
        Waveform sound, WindowFunction window, int segment, int overlap, int fftLength, PeriodogramScale scale, bool removeMean)
    {
        ArgumentNullException.ThrowIfNull(sound);
        if (segment is < 1 or > 1 << 20 || overlap < 0 || overlap >= segment || fftLength < segment || fftLength > 1 << 20)
        {
            throw new ArgumentException($"Segments of {segment} samples with {overlap} shared do not fit a transform of {fftLength}.");
        }

        var (fourier, weights) = (new Fourier(fftLength), Windows.Make(window, segment, periodic: true));
        var (frame, power) = (new double[fftLength], new double[fourier.Bins]);
        var samples = sound.Samples.Span;
        var result = new VectorMatrix(Math.Max(0, (samples.Length - overlap) / (segment - overlap)), fourier.Bins);
        for (var i = 0; i < result.Count; i++)
        {
            Fill(frame.AsSpan(0, segment), samples[(i * (segment - overlap))..], weights, removeMean);
            fourier.Power(frame, power);
            Scale(power, result[i], weights, scale, sound.SampleRate, fftLength);
        }

        return result;
    }

    private static void Fill(Span<double> frame, ReadOnlySpan<float> samples, double[] weights, bool removeMean)
    {
        var mean = 0.0;
        for (var j = 0; j < frame.Length && removeMean; j++)
        {
            mean += samples[j] / (double)frame.Length;
        }

        for (var j = 0; j < frame.Length; j++)
        {
            frame[j] = (samples[j] - mean) * weights[j];
        }
    }

    private static void Scale(double[] power, Span<float> row, double[] weights, PeriodogramScale scale, int rate, int fftLength)
    {
        var (sum, squares) = (weights.Sum(), weights.Sum(w => w * w));
        for (var j = 0; j < row.Length; j++)
        {
            var isPaired = j > 0 && 2 * j != fftLength;
            row[j] = (float)(scale == PeriodogramScale.Magnitude
                ? Math.Sqrt(power[j]) / sum
                : power[j] * (isPaired ? 2 : 1) / (rate * squares));
        }
    }
}
