namespace Simile.Audio.Files;

/// <summary>Uncompressed samples.</summary>
/// <param name="file">The file.</param>
/// <param name="coding">The encoding of a frame.</param>
/// <param name="rate">Frames per second.</param>
/// <param name="byteCount">Bytes of all frames according to the header. The file may be shorter.</param>
internal sealed class PcmReader(SoundStream file, SampleCoding coding, int rate, long byteCount) : SampleReader(rate)
{
    private const int BlockFrames = 4096;

    private readonly byte[] _block = new byte[coding.FrameBytes * BlockFrames];
    private long _left = byteCount / coding.FrameBytes;
    private long _read;

    /// <inheritdoc/>
    protected override long Expected => Math.Min(_left, (file.Rest ?? 0) / coding.FrameBytes);

    /// <inheritdoc/>
    public override int Read(Span<float> samples)
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
