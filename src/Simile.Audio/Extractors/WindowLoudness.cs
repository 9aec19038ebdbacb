namespace Simile.Audio.Extractors;

/// <summary>How loud the windows of a sound are, by which their vectors are weighed: silence tells nothing of what is heard.</summary>
internal static class WindowLoudness
{
    /// <summary>The root mean square of each window; what lies beyond the end is silence.</summary>
    /// <param name="samples">The sound.</param>
    /// <param name="windows">How many there are.</param>
    /// <param name="hop">Samples from the beginning of one to that of the next.</param>
    /// <param name="length">Samples of a window.</param>
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
