using System.Buffers.Binary;

namespace Simile.Testing;

/// <summary>
/// Changes a file by a seed: bits, bytes, numbers that may be lengths, known words of formats, truncation, duplication, and pieces of
/// another file.
/// </summary>
internal static class Mutation
{
    // The first kilobyte usually decides how a file is read.
    private const int Head = 1024;

    private static readonly byte[][] Words =
    [
        .. ((string[])["RIFF", "WAVE", "fmt ", "data", "RF64", "ds64", "BW64", "fact", "FORM", "AIFC",
            "COMM", "SSND", ".snd", "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "acTL", "VP8X", "VP8L", "ALPH",
            "GIF89a", "NETSCAPE2.0", "II*\0", "OggS", "OpusHead", "OpusTags", "fLaC", "ID3", "Xing", "LAME3.100", "MM\0*", "Exif\0\0",
            "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "data.pkl", "F32", "BF16", "I8", "shape", "[-1]", "[]", "null", "1e400",
            "99999999999999999999"])
            .Select(word => System.Text.Encoding.Latin1.GetBytes(word)),
        [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDB],
        [0xFF, 0xDD, 0, 4], [0x21, 0xF9, 4], [0x2C], [0x80, 2], [(byte)'(', (byte)'t', (byte)'R'], [0x8A, 0xFF],
    ];

    private static readonly ulong[] Numbers =
        [
            0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF,
            0x100000000, long.MaxValue, 1UL << 63, ulong.MaxValue - 7, ulong.MaxValue,
        ];

    /// <summary>
    /// Applies one to five random changes to <paramref name="whole"/>. Inserted pieces come from <paramref name="other"/>.
    /// </summary>
    public static byte[] Of(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> other, Random random)
    {
        var bytes = whole.ToArray();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            bytes = bytes.Length == 0 ? [(byte)random.Next(256)] : Once(bytes, other, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, ReadOnlySpan<byte> other, Random random)
    {
        var at = random.Next(random.Next(2) == 0 ? Math.Min(Head, bytes.Length) : bytes.Length);
        switch (random.Next(16))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 3 or 4 or 5:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 6 or 7 or 8 or 9:
                WriteNumber(bytes.AsSpan(at), random);
                return bytes;
            case 10:
                var word = Words[random.Next(Words.Length)];
                word.AsSpan(0, Math.Min(word.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 11:
                return bytes[..at];
            case 12:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(64))..]];
            case 13:
                return [.. bytes[..at], .. bytes[Math.Max(0, at - random.Next(64))..]];
            case 14:
                return [.. bytes[..at], .. Words[random.Next(Words.Length)], .. bytes[at..]];
            default:
                var start = random.Next(other.Length);
                return [.. bytes[..at], .. other.Slice(start, random.Next(Math.Min(128, other.Length - start))), .. bytes[at..]];
        }
    }

    // Special numbers, and the current number plus or minus one, in both byte orders.
    private static void WriteNumber(Span<byte> target, Random random)
    {
        var size = 1 << random.Next(4);
        Span<byte> number = stackalloc byte[8];
        var value = Numbers[random.Next(Numbers.Length)];
        if (random.Next(3) == 0)
        {
            target[..Math.Min(size, target.Length)].CopyTo(number);
            value = BinaryPrimitives.ReadUInt64LittleEndian(number) + (ulong)(random.Next(2) == 0 ? 1L : -1L);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        if (random.Next(2) == 0)
        {
            number[..size].Reverse();
        }

        number[..Math.Min(size, target.Length)].CopyTo(target);
    }
}
