using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Log mel energies as in Kaldi's compute-fbank-feats: frames of 25 ms every 10 ms, no dither.</summary>
/// <remarks>
/// Only whole frames. The mean of each frame is removed, then 0.97 × the previous sample is subtracted. 512-point transform at 16 kHz;
/// bands from 20 Hz to half the rate; natural logarithm with a floor of 2⁻²³.
/// </remarks>
internal static class KaldiFilterBank
{
    private const double Emphasis = 0.97;
    private const double Lowest = 20;
    private const float Floor = 1.1920929e-07f;

    /// <summary>Frames × bands.</summary>
    public static VectorMatrix Of(ReadOnlySpan<float> samples, int sampleRate, int bands, WindowFunction window, double scale)
    {
        var (length, hop) = (sampleRate / 40, sampleRate / 100);
        var fourier = new Fourier((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length));
        var (weights, frame) = (Windows.Make(window, length, periodic: false), new double[fourier.Length]);
        var powers = new VectorMatrix(samples.Length < length ? 0 : ((samples.Length - length) / hop) + 1, fourier.Bins);
        for (var i = 0; i < powers.Count; i++)
        {
            Fill(frame.AsSpan(0, length), samples[(i * hop)..], weights, scale);
            fourier.Power(frame, powers[i]);
        }

        var energies = MelFilters.Kaldi(sampleRate, fourier.Length, bands, Lowest, sampleRate / 2.0).Apply(powers);
        foreach (ref var value in energies.AsSpan())
        {
            value = MathF.Log(MathF.Max(Floor, value));
        }

        return energies;
    }

    private static void Fill(Span<double> frame, ReadOnlySpan<float> samples, double[] weights, double scale)
    {
        var mean = 0.0;
        for (var j = 0; j < frame.Length; j++)
        {
            frame[j] = samples[j] * scale;
            mean += frame[j] / frame.Length;
        }

        for (var j = frame.Length - 1; j >= 0; j--)
        {
            var before = frame[Math.Max(0, j - 1)] - mean;
            frame[j] = (frame[j] - mean - (Emphasis * before)) * weights[j];
        }
    }
}
