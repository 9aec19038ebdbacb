using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>The number format of a sample.</summary>
internal enum SampleKind
{
    Unsigned8,
    Signed,
    Float,
    ALaw,
    MuLaw,
}

/// <summary>The encoding of frames: one sample per channel, interleaved.</summary>
/// <param name="Kind">The number format.</param>
/// <param name="Bytes">Bytes per sample, 1 to 8.</param>
/// <param name="Channels">Samples per frame.</param>
/// <param name="BigEndian">Whether samples are big-endian.</param>
internal sealed record SampleCoding(SampleKind Kind, int Bytes, int Channels, bool BigEndian)
{
    /// <summary>The largest plausible number of channels.</summary>
    public const int MaxChannels = 1024;

    /// <summary>Bytes per frame.</summary>
    public int FrameBytes => Bytes * Channels;

    /// <summary>The mean of the channels of a frame.</summary>
    public float Mean(ReadOnlySpan<byte> frame)
    {
        var sum = 0.0;
        for (var i = 0; i < frame.Length; i += Bytes)
        {
            sum += Decode(frame.Slice(i, Bytes));
        }

        return (float)(sum / Channels);
    }

    private double Decode(ReadOnlySpan<byte> sample) => Kind switch
    {
        SampleKind.Unsigned8 => (sample[0] - 128) / 128.0,
        SampleKind.ALaw => ALaw(sample[0]),
        SampleKind.MuLaw => MuLaw(sample[0]),
        SampleKind.Float when Bytes == 4 =>
            BigEndian ? BinaryPrimitives.ReadSingleBigEndian(sample) : BinaryPrimitives.ReadSingleLittleEndian(sample),
        SampleKind.Float =>
            (float)(BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(sample) : BinaryPrimitives.ReadDoubleLittleEndian(sample)),
        _ => Signed(sample),
    };

    private double Signed(ReadOnlySpan<byte> sample)
    {
        var value = 0;
        for (var i = 0; i < Math.Min(Bytes, 4); i++) // what is smaller than 2⁻³¹ no float keeps
        {
            value |= sample[BigEndian ? i : Bytes - 1 - i] << (24 - (8 * i));
        }

        return value / 2147483648.0;
    }

    // ITU-T G.711: three bits of segment, four of step. µ-law inverts all bits, A-law every second one.
    private static double MuLaw(byte code)
    {
        var bits = ~code;
        var magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
        return ((bits & 0x80) != 0 ? -magnitude : magnitude) / 32768.0;
    }

    private static double ALaw(byte code)
    {
        var bits = code ^ 0x55;
        var (segment, step) = ((bits >> 4) & 7, ((bits & 0x0F) << 4) + 8);
        var magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return ((bits & 0x80) != 0 ? magnitude : -magnitude) / 32768.0;
    }
}
