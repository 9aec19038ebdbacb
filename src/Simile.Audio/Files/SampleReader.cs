namespace Simile.Audio.Files;

/// <summary>Reads the samples of a sound, forward only.</summary>
internal abstract class SampleReader(int rate)
{
    private const int LeastSamples = 1 << 16;
    private static readonly int MostSamples = Array.MaxLength / 2;

    /// <summary>Frames per second.</summary>
    public int Rate => rate;

    /// <summary>The largest possible number of remaining frames, judged by the file's size; 0 if unknown.</summary>
    protected virtual long Expected => 0;

    /// <summary>Fills a buffer with the next frames, each as the mean of its channels.</summary>
    /// <returns>The number of frames. It is less than requested only at the end.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or a sample is not finite.</exception>
    public abstract int Read(Span<float> samples);

    /// <summary>Reads all remaining frames.</summary>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, a sample is not finite, or the sound exceeds the largest array.
    /// </exception>
    public Waveform ReadAll()
    {
        var samples = new float[Math.Clamp(Expected + 1, LeastSamples, MostSamples)];
        var count = 0;
        while ((count += Read(samples.AsSpan(count))) == samples.Length)
        {
            if (count == MostSamples)
            {
                throw new InvalidDataException($"it holds more than {MostSamples:N0} samples: cut it into shorter files");
            }

            Array.Resize(ref samples, (int)Math.Min(2L * count, MostSamples));
        }

        return new Waveform(samples.AsMemory(0, count), Rate);
    }
}
