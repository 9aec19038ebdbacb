using System.Buffers.Binary;
using Concentus;

namespace Simile.Audio.Files;

/// <summary>The first packet of an Opus stream (RFC 7845).</summary>
/// <param name="Channels">Channels of the sound.</param>
/// <param name="PreSkip">Samples to leave out at the beginning.</param>
/// <param name="Gain">What samples are multiplied by.</param>
/// <param name="Streams">Streams in a packet.</param>
/// <param name="Coupled">How many of them have two channels.</param>
/// <param name="Mapping">For each channel of the sound the channel of the streams; 255 for silence.</param>
internal sealed record OpusHead(int Channels, int PreSkip, float Gain, int Streams, int Coupled, byte[] Mapping)
{
    private const int LeastBytes = 19;
    private const int Silence = 255;

    /// <summary>Reads the packet; null where it is another one.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static OpusHead? Read(ReadOnlySpan<byte> packet)
    {
        if (!packet.StartsWith("OpusHead"u8))
        {
            return null;
        }

        if (packet.Length < LeastBytes || packet[8] >> 4 != 0 || packet[9] == 0)
        {
            throw Damaged();
        }

        var (channels, preSkip, gain) = ((int)packet[9], BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]), BinaryPrimitives.ReadInt16LittleEndian(packet[16..]));
        var factor = MathF.Pow(10, gain / (20 * 256f));
        if (packet[18] == 0)
        {
            return channels <= 2 ? new OpusHead(channels, preSkip, factor, 1, channels - 1, channels == 1 ? [0] : [0, 1]) : throw Damaged();
        }

        if (packet.Length < 21 + channels)
        {
            throw Damaged();
        }

        var (streams, coupled, mapping) = ((int)packet[19], (int)packet[20], packet.Slice(21, channels).ToArray());
        return streams == 0 || coupled > streams || Array.Exists(mapping, channel => channel != Silence && channel >= streams + coupled) ? throw Damaged()
            : new OpusHead(channels, preSkip, factor, streams, coupled, mapping);
    }

    /// <summary>A decoder of such packets, in managed code: libraries of the machine are not looked for.</summary>
    public IOpusMultiStreamDecoder CreateDecoder(int rate)
    {
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        return OpusCodecFactory.CreateMultiStreamDecoder(rate, Channels, Streams, Coupled, Mapping);
    }

    private static InvalidDataException Damaged() => new("its Opus header is damaged");
}
