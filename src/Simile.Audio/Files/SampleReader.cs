namespace Simile.Audio.Files;

/// <summary>The samples of a file that stands before the first of them. They are read forwards only.</summary>
internal abstract class SampleReader(int rate)
{
    private const int LeastSamples = 1 << 16;
    private static readonly int MostSamples = Array.MaxLength / 2;

    /// <summary>Frames a second.</summary>
    public int Rate => rate;

    /// <summary>How many frames are left at most, as far as the file's size tells; 0 where nothing does.</summary>
    protected virtual long Expected => 0;

    /// <summary>Fills a buffer with the next frames, each as the mean of its channels.</summary>
    /// <returns>How many there were: fewer than asked for at the end alone.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or a sample is no finite number.</exception>
    public abstract int Read(Span<float> samples);

    /// <summary>All that is left.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, a sample is no finite number, or there are more than an array holds.</exception>
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
