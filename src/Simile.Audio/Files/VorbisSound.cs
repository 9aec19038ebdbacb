using NVorbis;

namespace Simile.Audio.Files;

/// <summary>Ogg Vorbis, decoded by NVorbis. Chained streams, as in radio recordings, are read one after another.</summary>
internal sealed class VorbisSound : ChannelReader
{
    private const int BlockFrames = 4096;

    private readonly VorbisPackets _packets;
    private StreamDecoder _decoder;
    private float[] _block;

    private VorbisSound(VorbisPackets packets, StreamDecoder decoder)
        : base(decoder.SampleRate)
    {
        (_packets, _decoder) = (packets, decoder);
        _block = new float[BlockFrames * decoder.Channels];
    }

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InvalidDataException">The headers are damaged.</exception>
    public static VorbisSound Open(PeekStream stream, uint serial)
    {
        var packets = new VorbisPackets(new OggPackets(stream, serial));
        return new VorbisSound(packets, Begin(packets));
    }

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<float> Frames, int Channels)? Decode()
    {
        while (true)
        {
            var count = Decoder.Run("Vorbis", () => _decoder.Read(_block, 0, _block.Length));
            if (count > 0)
            {
                return (_block.AsMemory(0, count), _decoder.Channels);
            }

            if (!_packets.NextLink())
            {
                return null;
            }

            _decoder = Begin(_packets);
            _block = new float[BlockFrames * _decoder.Channels];
            if (_decoder.SampleRate != Rate)
            {
                throw new InvalidDataException($"it changes from {Rate} to {_decoder.SampleRate} samples per second: split the file there");
            }
        }
    }

    private static StreamDecoder Begin(VorbisPackets packets)
    {
        var decoder = Decoder.Run("Vorbis", () => new StreamDecoder(packets) { ClipSamples = false });
        SoundFile.Check(new SampleCoding(SampleKind.Float, 4, decoder.Channels, BigEndian: false), decoder.SampleRate);
        return decoder;
    }
}
