using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>How a file writes a sample.</summary>
internal enum SampleKind
{
    Unsigned8,
    Signed,
    Float,
    ALaw,
    MuLaw,
}

/// <summary>How a file writes its frames: one sample for each channel, one after another.</summary>
/// <param name="Kind">Kind of number.</param>
/// <param name="Bytes">Bytes of a sample, 1 to 8.</param>
/// <param name="Channels">Samples in a frame.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal sealed record SampleCoding(SampleKind Kind, int Bytes, int Channels, bool BigEndian)
{
    /// <summary>The most channels that are taken for meant.</summary>
    public const int MaxChannels = 1024;

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => Bytes * Channels;

    /// <summary>The mean of a frame's channels.</summary>
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
        SampleKind.Float when Bytes == 4 => BigEndian ? BinaryPrimitives.ReadSingleBigEndian(sample) : BinaryPrimitives.ReadSingleLittleEndian(sample),
        SampleKind.Float => (float)(BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(sample) : BinaryPrimitives.ReadDoubleLittleEndian(sample)),
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

    // ITU-T G.711: three bits of segment, four of step; µ-law has all bits inverted, A-law every second one.
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
