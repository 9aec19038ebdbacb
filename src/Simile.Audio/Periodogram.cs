using Simile.Numerics;

namespace Simile.Audio;

/// <summary>What a <see cref="Periodogram"/> measures.</summary>
public enum PeriodogramScale
{
    /// <summary>Power per hertz, both sides of the spectrum on one (mode psd, scaling density).</summary>
    Density,

    /// <summary>The amplitude of each frequency (mode magnitude, scaling spectrum).</summary>
    Magnitude,
}

/// <summary>A spectrogram in physical units, as scipy.signal.spectrogram makes it: whole segments only, each with its mean removed where asked.</summary>
public static class Periodogram
{
    /// <summary>Segments × (fftLength / 2 + 1).</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="window">The window, periodic.</param>
    /// <param name="segment">Samples of a segment.</param>
    /// <param name="overlap">Samples that a segment shares with the one before, fewer than it has.</param>
    /// <param name="fftLength">Samples of a transform, at least a segment's; zeros fill it up.</param>
    /// <param name="scale">What is measured.</param>
    /// <param name="removeMean">Whether each segment's mean is taken away first.</param>
    /// <exception cref="ArgumentException">The lengths cannot work.</exception>
    public static VectorMatrix Build(Waveform sound, WindowFunction window, int segment, int overlap, int fftLength, PeriodogramScale scale, bool removeMean)
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
            row[j] = (float)(scale == PeriodogramScale.Magnitude ? Math.Sqrt(power[j]) / sum : power[j] * (isPaired ? 2 : 1) / (rate * squares));
        }
    }
}
