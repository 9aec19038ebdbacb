using System.Buffers.Binary;

namespace Simile.Audio.Tests;

/// <summary>Makes files chunk by chunk.</summary>
internal static class Sounds
{
    /// <summary>The samples of all of them, in shares of 32,768.</summary>
    public static readonly short[] Samples = [0, 8192, 16384, -16384, -32768, 32767, 4096, -4096];

    /// <summary>A chunk with the length that it has, unless another is to be written, and a pad byte where it is odd.</summary>
    public static byte[] Chunk(string name, byte[] content, uint? length = null, bool isBig = false, bool isPadded = true)
    {
        var size = new byte[4];
        Write32(size, length ?? (uint)content.Length, isBig);
        return
        [
            .. System.Text.Encoding.Latin1.GetBytes(name), .. size, .. content, .. isPadded && content.Length % 2 == 1 ? new byte[1] : [],
        ];
    }

    public static byte[] Riff(string form, uint? length, params byte[][] chunks)
    {
        byte[] all = [.. chunks.SelectMany(chunk => chunk)];
        var size = new byte[4];
        Write32(size, length ?? (uint)(all.Length + 4), form == "RIFX");
        return [.. System.Text.Encoding.Latin1.GetBytes(form), .. size, .. "WAVE"u8, .. all];
    }

    public static byte[] Form(string kind, params byte[][] chunks) =>
        Chunk("FORM", [.. System.Text.Encoding.Latin1.GetBytes(kind), .. chunks.SelectMany(chunk => chunk)], isBig: true, isPadded: false);

    public static byte[] Format(int tag, int channels, int rate, int bytes, int bits) =>
        [.. I16(tag), .. I16(channels), .. I32(rate), .. I32(rate * channels * bytes), .. I16(channels * bytes), .. I16(bits)];

    /// <summary>COMM of a file of 8,000 samples a second.</summary>
    public static byte[] Common(int channels, int frames, int bits, string? coding = null) =>
        [
                0, (byte)channels, 0, 0, 0, (byte)frames, 0, (byte)bits, 0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0,
                .. coding is null ? [] : System.Text.Encoding.Latin1.GetBytes(coding + "\0\0"),
            ];

    public static byte[] Pcm(int bytes = 2, bool isBig = false)
    {
        var all = new List<byte>();
        foreach (var sample in Samples)
        {
            var number = new byte[4];
            Write32(number, (uint)(sample << 16), isBig: true);
            var kept = number[..bytes];
            all.AddRange(isBig ? kept : [.. kept.Reverse()]);
        }

        return [.. all];
    }

    public static byte[] I16(int value) => BitConverter.GetBytes((short)value);

    public static byte[] I32(int value) => BitConverter.GetBytes(value);

    public static byte[] I64(long value) => BitConverter.GetBytes(value);

    public static void Expected(Waveform sound, int times = 1) =>
        Assert.Equal(
            Enumerable.Repeat(Samples, times).SelectMany(samples => samples).Select(sample => sample / 32768f), sound.Samples.ToArray());

    private static void Write32(Span<byte> target, uint value, bool isBig)
    {
        if (isBig)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        }
    }
}
