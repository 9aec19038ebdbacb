namespace Simile.Audio.Files;

/// <summary>Samples from a decoder that returns blocks of interleaved frames.</summary>
/// <param name="rate">Frames per second.</param>
internal abstract class ChannelReader(int rate) : SampleReader(rate)
{
    private float[] _means = [];
    private int _from;
    private int _to;
    private long _read;

    /// <inheritdoc/>
    public override int Read(Span<float> samples)
    {
        var done = 0;
        while (done < samples.Length)
        {
            if (_from == _to && !Fill())
            {
                break;
            }

            var count = Math.Min(samples.Length - done, _to - _from);
            _means.AsSpan(_from, count).CopyTo(samples[done..]);
            (_from, done) = (_from + count, done + count);
        }

        return done;
    }

    /// <summary>Decodes the next frames. Null at the end; empty if a block holds no frames.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    protected abstract (ReadOnlyMemory<float> Frames, int Channels)? Decode();

    private bool Fill()
    {
        if (Decode() is not var (frames, channels))
        {
            return false;
        }

        var count = frames.Length / channels;
        _means = _means.Length < count ? new float[count] : _means;
        (_from, _to) = (0, count);
        for (var i = 0; i < count; i++, _read++)
        {
            var sum = 0.0;
            foreach (var sample in frames.Span.Slice(i * channels, channels))
            {
                sum += sample;
            }

            _means[i] = float.IsFinite((float)(sum / channels))
                ? (float)(sum / channels)
                : throw new InvalidDataException($"sample {_read} is not a number");
        }

        return true;
    }
}
