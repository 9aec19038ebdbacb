using System.Buffers.Binary;
using Concentus;

namespace Simile.Audio.Files;

/// <summary>The first packet of an Opus stream (RFC 7845).</summary>
/// <param name="Channels">Number of channels.</param>
/// <param name="PreSkip">Samples to skip at the beginning.</param>
/// <param name="Gain">Factor that samples are multiplied by.</param>
/// <param name="Streams">Number of streams per packet.</param>
/// <param name="Coupled">Number of streams with two channels.</param>
/// <param name="Mapping">For each output channel, its decoded channel; 255 is silence.</param>
internal sealed record OpusHead(int Channels, int PreSkip, float Gain, int Streams, int Coupled, byte[] Mapping)
{
    private const int LeastBytes = 19;
    private const int Silence = 255;

    /// <summary>Reads the packet. Null if it is not an Opus header.</summary>
    /// <exception cref="InvalidDataException">The packet is damaged.</exception>
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

        var (channels, preSkip, gain) =
            ((int)packet[9], BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]), BinaryPrimitives.ReadInt16LittleEndian(packet[16..]));
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
        return streams == 0 || coupled > streams || Array.Exists(mapping, channel => channel != Silence && channel >= streams + coupled)
            ? throw Damaged()
            : new OpusHead(channels, preSkip, factor, streams, coupled, mapping);
    }

    /// <summary>Creates a managed decoder. Native libraries on the machine are not used.</summary>
    public IOpusMultiStreamDecoder CreateDecoder(int rate)
    {
        OpusCodecFactory.AttemptToUseNativeLibrary = false;
        return OpusCodecFactory.CreateMultiStreamDecoder(rate, Channels, Streams, Coupled, Mapping);
    }

    private static InvalidDataException Damaged() => new("its Opus header is damaged");
}
