using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>The COMM chunk of AIFF and AIFF-C files.</summary>
/// <param name="Coding">The coding of the frames after decoding.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="Frames">Number of frames; for IMA ADPCM, number of packets.</param>
/// <param name="IsIma">Whether the file holds packets of IMA ADPCM.</param>
internal sealed record AiffFormat(SampleCoding Coding, int Rate, long Frames, bool IsIma)
{
    /// <summary>The number of bytes of the chunk that are used.</summary>
    public const int Bytes = 22;

    private const int LeastBytes = 18;

    // Codings whose least significant byte comes first.
    private static readonly string[] LittleEndian = ["sowt", "23ni", "42ni"];

    /// <summary>Reads a chunk.</summary>
    /// <param name="file">The file.</param>
    /// <param name="chunk">Its first <see cref="Bytes"/> bytes; null if the file is shorter.</param>
    /// <exception cref="InvalidDataException">The chunk is cut off, or its values are implausible.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static AiffFormat Read(SoundStream file, byte[]? chunk)
    {
        if (chunk is not { Length: >= LeastBytes })
        {
            throw new InvalidDataException("its COMM chunk is cut off");
        }

        var (channels, frames, bits) = (file.ReadUInt16(chunk), file.ReadUInt32(chunk.AsSpan(2)), file.ReadUInt16(chunk.AsSpan(6)));
        var name = chunk.Length == Bytes ? System.Text.Encoding.Latin1.GetString(chunk.AsSpan(18)) : "NONE";
        var (kind, bytes) = (name, bits) switch
        {
            // 12 or 20 bits lie in the upper bits of 16 or 24
            ("NONE" or "sowt" or "twos", >= 1 and <= 32) => (SampleKind.Signed, (bits + 7) / 8),
            ("in24" or "42ni", _) => (SampleKind.Signed, 3),
            ("in32" or "23ni", _) => (SampleKind.Signed, 4),
            ("raw ", _) => (SampleKind.Unsigned8, 1),
            ("fl32" or "FL32", _) => (SampleKind.Float, 4),
            ("fl64" or "FL64", _) => (SampleKind.Float, 8),
            ("ulaw" or "ULAW", _) => (SampleKind.MuLaw, 1),
            ("alaw" or "ALAW", _) => (SampleKind.ALaw, 1),
            ("ima4", _) => (SampleKind.Signed, 2),
            _ => throw new UnknownCodingException($"its coding (\"{Shown(name)}\", {bits} bits) is unknown"),
        };
        var isIma = name == "ima4"; // which is decoded to 16 bits, the least significant byte first
        var (coding, rate) = SoundFile.Check(
            new SampleCoding(kind, bytes, channels, BigEndian: !isIma && Array.IndexOf(LittleEndian, name) < 0),
            ReadExtended(chunk.AsSpan(8)));
        return new AiffFormat(coding, rate, frames, isIma);
    }

    private static string Shown(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == ' ' ? c : '?'));

    // An 80-bit float: sign and 15 bits of exponent, then the whole mantissa with its leading one.
    private static double ReadExtended(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]) * Math.Pow(2, (BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF) - 16383 - 63);
}
