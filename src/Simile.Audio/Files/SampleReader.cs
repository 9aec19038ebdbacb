namespace Simile.Audio.Files;

/// <summary>The samples of a file that stands before the first of them. They are read forwards only.</summary>
/// <param name="file">The file.</param>
/// <param name="coding">How it writes its frames.</param>
/// <param name="rate">Frames a second.</param>
/// <param name="byteCount">Bytes of all frames, as the header says; a file may end before.</param>
internal sealed class SampleReader(SoundStream file, SampleCoding coding, int rate, long byteCount)
{
    private const int BlockFrames = 4096;
    private const int LeastSamples = 1 << 16;
    private static readonly int MostSamples = Array.MaxLength / 2;

    private readonly byte[] _block = new byte[coding.FrameBytes * BlockFrames];
    private long _left = byteCount / coding.FrameBytes;
    private long _read;

    /// <summary>Frames a second.</summary>
    public int Rate => rate;

    /// <summary>Fills a buffer with the next frames, each as the mean of its channels.</summary>
    /// <returns>How many there were: fewer than asked for at the end alone.</returns>
    /// <exception cref="InvalidDataException">A sample is no finite number.</exception>
    public int Read(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length && _left > 0)
        {
            var wanted = (int)Math.Min(Math.Min(_left, BlockFrames), samples.Length - done);
            var got = file.Read(_block.AsSpan(0, wanted * coding.FrameBytes)) / coding.FrameBytes;
            Decode(_block.AsSpan(0, got * coding.FrameBytes), samples[done..]);
            done += got;
            _left = got < wanted ? 0 : _left - got;
        }

        return done;
    }

    /// <summary>All that is left.</summary>
    /// <exception cref="InvalidDataException">A sample is no finite number, or there are more than an array holds.</exception>
    public Waveform ReadAll()
    {
        var samples = new float[Math.Clamp(Math.Min(_left, (file.Rest ?? 0) / coding.FrameBytes) + 1, LeastSamples, MostSamples)];
        var count = 0;
        while ((count += Read(samples.AsSpan(count))) == samples.Length)
        {
            if (count == MostSamples)
            {
                throw new InvalidDataException($"it holds more than {MostSamples:N0} samples: cut it into shorter files");
            }

            Array.Resize(ref samples, (int)Math.Min(2L * count, MostSamples));
        }

        return new Waveform(samples.AsMemory(0, count), rate);
    }

    private void Decode(ReadOnlySpan<byte> frames, Span<float> samples)
    {
        for (var i = 0; i * coding.FrameBytes < frames.Length; i++, _read++)
        {
            samples[i] = coding.Mean(frames.Slice(i * coding.FrameBytes, coding.FrameBytes));
            if (!float.IsFinite(samples[i]))
            {
                throw new InvalidDataException($"sample {_read} is not a number");
            }
        }
    }
}
