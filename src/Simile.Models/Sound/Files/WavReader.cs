namespace Simile.Models.Sound.Files;

/// <summary>WAV: RIFF, RF64 (a file beyond 4 GB) and RIFX (big-endian), after Microsoft's "Multimedia Programming Interface" and EBU Tech 3306.</summary>
internal static class WavReader
{
    private const uint UntilTheEnd = uint.MaxValue;
    private const int Extensible = 0xFFFE;
    private const int FormatBytes = 40;

    /// <summary>Reads the header of a file behind its first twelve bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or its coding unknown.</exception>
    public static SampleReader Read(SoundStream file)
    {
        (SampleCoding Coding, int Rate)? format = null;
        long? longSize = null;
        while (file.ReadChunk() is var (id, size))
        {
            switch (id)
            {
                case "data" when format is var (coding, rate):
                    var count = size != UntilTheEnd ? size : longSize ?? long.MaxValue;
                    return new SampleReader(file, coding, rate, count);
                case "data":
                    throw new InvalidDataException("its samples come before the fmt chunk that describes them");
                case "fmt ":
                    format = ReadFormat(file, file.ReadChunkStart(size, FormatBytes));
                    break;
                case "ds64" when file.ReadChunkStart(size, 16) is { Length: 16 } sizes:
                    longSize = file.ReadUInt32(sizes.AsSpan(8)) | ((long)file.ReadUInt32(sizes.AsSpan(12)) << 32);
                    break;
                default:
                    file.TrySkip(size + (size & 1L));
                    break;
            }
        }

        throw new InvalidDataException(format is null ? "it has no fmt chunk" : "it has no data chunk");
    }

    private static (SampleCoding Coding, int Rate) ReadFormat(SoundStream file, byte[]? chunk)
    {
        if (chunk is not { Length: >= 16 })
        {
            throw new InvalidDataException("its fmt chunk is cut off");
        }

        int Number(int at) => file.ReadUInt16(chunk.AsSpan(at));
        var (tag, channels, bits) = (Number(0), Number(2), Number(14));
        tag = tag == Extensible && chunk.Length == FormatBytes ? Number(24) : tag;
        var kind = (tag, bits) switch
        {
            (1, 8) => SampleKind.Unsigned8,
            (1, 16 or 24 or 32) => SampleKind.Signed,
            (3, 32 or 64) => SampleKind.Float,
            (6, 8) => SampleKind.ALaw,
            (7, 8) => SampleKind.MuLaw,
            _ => throw new UnknownCodingException($"its coding (format {tag}, {bits} bits) is unknown"),
        };
        return SoundFile.Check(new SampleCoding(kind, bits / 8, channels, file.BigEndian), file.ReadUInt32(chunk.AsSpan(4)));
    }
}
