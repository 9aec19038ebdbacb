namespace Simile.Audio.Extractors;

/// <summary>The loudness of each window of a sound. It weights the window's vector: silent windows count little.</summary>
internal static class WindowLoudness
{
    /// <summary>The root mean square of each window. Samples beyond the end count as silence.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="windows">Number of windows.</param>
    /// <param name="hop">Samples between the starts of two windows.</param>
    /// <param name="length">Samples per window.</param>
    public static float[] Of(ReadOnlySpan<float> samples, int windows, int hop, int length)
    {
        var loudness = new float[windows];
        for (var i = 0; i < windows; i++)
        {
            var rest = samples[Math.Min(samples.Length, i * hop)..];
            var energy = 0.0;
            foreach (var sample in rest[..Math.Min(rest.Length, length)])
            {
                energy += (double)sample * sample;
            }

            loudness[i] = (float)Math.Sqrt(energy / length);
        }

        return loudness;
    }
}
