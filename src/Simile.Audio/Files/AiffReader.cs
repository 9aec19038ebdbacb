using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>AIFF and AIFF-C, after Apple's "Audio Interchange File Format" 1.3 and the AIFF-C draft of 1991.</summary>
internal static class AiffReader
{
    /// <summary>Reads the header of a file behind its first twelve bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or its coding unknown.</exception>
    public static SampleReader Read(SoundStream file)
    {
        file.BigEndian = true;
        (SampleCoding Coding, int Rate)? format = null;
        while (file.ReadChunk() is var (id, size))
        {
            switch (id)
            {
                case "COMM":
                    format = ReadCommon(file, file.ReadChunkStart(size, 22));
                    break;
                case "SSND" when format is var (coding, rate):
                    return new SampleReader(file, coding, rate, SkipToSamples(file, size));
                case "SSND":
                    throw new InvalidDataException("its samples come before the COMM chunk that describes them");
                default:
                    file.TrySkip(size + (size & 1L));
                    break;
            }
        }

        throw new InvalidDataException(format is null ? "it has no COMM chunk" : "it has no SSND chunk");
    }

    // The chunk begins with the number of bytes to leave out, and a block size that nobody uses.
    private static long SkipToSamples(SoundStream file, uint size)
    {
        Span<byte> start = stackalloc byte[8];
        var skipped = file.TryRead(start) ? file.ReadUInt32(start) : 0;
        file.TrySkip(skipped);
        return Math.Max(0, size - 8L - skipped);
    }

    private static (SampleCoding Coding, int Rate) ReadCommon(SoundStream file, byte[]? chunk)
    {
        if (chunk is not { Length: >= 18 })
        {
            throw new InvalidDataException("its COMM chunk is cut off");
        }

        var (channels, bits) = (file.ReadUInt16(chunk), file.ReadUInt16(chunk.AsSpan(6)));
        var name = chunk.Length == 22 ? System.Text.Encoding.Latin1.GetString(chunk.AsSpan(18)) : "NONE";
        var (kind, bytes) = (name, bits) switch
        {
            ("NONE" or "sowt" or "twos", 8 or 16 or 24 or 32) => (SampleKind.Signed, bits / 8),
            ("in24", _) => (SampleKind.Signed, 3),
            ("in32", _) => (SampleKind.Signed, 4),
            ("raw ", _) => (SampleKind.Unsigned8, 1),
            ("fl32" or "FL32", _) => (SampleKind.Float, 4),
            ("fl64" or "FL64", _) => (SampleKind.Float, 8),
            ("ulaw" or "ULAW", _) => (SampleKind.MuLaw, 1),
            ("alaw" or "ALAW", _) => (SampleKind.ALaw, 1),
            _ => throw new UnknownCodingException($"its coding (\"{name}\", {bits} bits) is unknown"),
        };
        return SoundFile.Check(new SampleCoding(kind, bytes, channels, BigEndian: name != "sowt"), ReadExtended(chunk.AsSpan(8)));
    }

    // An 80-bit float: sign and 15 bits of exponent, then the whole mantissa with its leading one.
    private static double ReadExtended(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]) * Math.Pow(2, (BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF) - 16383 - 63);
}
