namespace Simile.Audio;

/// <summary>Measures with one value per centered frame, as librosa defines them.</summary>
public static class FrameMeasures
{
    private const float Silence = 1e-10f;

    /// <summary>Root mean square (loudness). Samples beyond the ends count as silence.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="frameLength">Samples per frame, at least 1.</param>
    /// <param name="hopLength">Samples between the starts of two frames, at least 1.</param>
    public static float[] Rms(ReadOnlySpan<float> samples, int frameLength = 2048, int hopLength = 512)
    {
        var values = Frames(samples, frameLength, hopLength);
        for (var i = 0; i < values.Length; i++)
        {
            var sum = 0.0;
            var start = (i * hopLength) - (frameLength / 2);
            for (var at = Math.Max(0, start); at < Math.Min(samples.Length, start + frameLength); at++)
            {
                sum += (double)samples[at] * samples[at];
            }

            values[i] = (float)Math.Sqrt(sum / frameLength);
        }

        return values;
    }

    /// <summary>
    /// Zero-crossing rate: the share of samples whose sign differs from the previous one. High for noise, low for hum. The ends are padded
    /// with the edge samples.
    /// </summary>
    /// <param name="samples">The sound.</param>
    /// <param name="frameLength">Samples per frame, at least 1.</param>
    /// <param name="hopLength">Samples between the starts of two frames, at least 1.</param>
    public static float[] ZeroCrossingRate(ReadOnlySpan<float> samples, int frameLength = 2048, int hopLength = 512)
    {
        var values = Frames(samples, frameLength, hopLength);
        for (var i = 0; i < values.Length; i++)
        {
            var crossings = 0;
            var start = (i * hopLength) - (frameLength / 2);
            for (var at = Math.Max(1, start + 1); at < Math.Min(samples.Length, start + frameLength); at++)
            {
                crossings += IsNegative(samples[at]) != IsNegative(samples[at - 1]) ? 1 : 0;
            }

            values[i] = crossings / (float)frameLength;
        }

        return values;
    }

    private static bool IsNegative(float sample) => sample < -Silence;

    private static float[] Frames(ReadOnlySpan<float> samples, int frameLength, int hopLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frameLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hopLength, 1);
        var whole = samples.Length + (2 * (frameLength / 2)) - frameLength;
        return samples.IsEmpty || whole < 0 ? [] : new float[(whole / hopLength) + 1];
    }
}
