using NLayer;

namespace Simile.Audio.Files;

/// <summary>MPEG audio, layers 1 to 3, decoded by NLayer. Encoder padding is removed if a tag gives its length.</summary>
internal sealed class Mp3Reader : ChannelReader
{
    private const int BlockFrames = 1152 * 4;

    private readonly MpegFile _file;
    private readonly float[] _block;
    private readonly int _channels;
    private long _before;
    private long _left;

    private Mp3Reader(MpegFile file, Mp3Gap gap)
        : base(file.SampleRate)
    {
        (_file, _channels, _before, _left) = (file, file.Channels, gap.Before, gap.Length);
        _block = new float[BlockFrames * _channels];
    }

    /// <summary>Reads the first frame.</summary>
    /// <param name="stream">The stream, at a frame.</param>
    /// <exception cref="InvalidDataException">There is no frame.</exception>
    public static Mp3Reader Open(PeekStream stream)
    {
        var gap = Mp3Gap.Take(stream);
        var file = Decoder.Run("MP3", () => new MpegFile(new ForwardStream(stream)));
        return file is { SampleRate: > 0, Channels: 1 or 2 }
            ? new Mp3Reader(file, gap)
            : throw new InvalidDataException("its MP3 data are damaged: they have no frame");
    }

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<float> Frames, int Channels)? Decode()
    {
        var count = _left == 0 ? 0 : Decoder.Run("MP3", () => _file.ReadSamples(_block, 0, _block.Length)) / _channels;
        if (count == 0)
        {
            return null;
        }

        var skipped = (int)Math.Min(_before, count);
        var taken = (int)Math.Min(count - skipped, _left);
        (_before, _left) = (_before - skipped, _left - taken);
        return (_block.AsMemory(skipped * _channels, taken * _channels), _channels);
    }
}
