namespace Simile.Audio.Files;

/// <summary>WAV: RIFF, RF64 (a file beyond 4 GB) and RIFX (big-endian), after Microsoft's "Multimedia Programming Interface" and EBU Tech 3306.</summary>
internal static class WavReader
{
    private const uint UntilTheEnd = uint.MaxValue;
    private const int Extensible = 0xFFFE;
    private const int ImaAdpcm = 0x11;
    private const int FormatBytes = 40;

    /// <param name="Coding">Of the frames, once they are decoded.</param>
    /// <param name="Rate">Frames a second.</param>
    /// <param name="BlockBytes">Bytes of a block of ADPCM; null where frames stand as they are.</param>
    private sealed record Format(SampleCoding Coding, int Rate, int? BlockBytes);

    /// <summary>Reads the header of a file behind its first twelve bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or its coding unknown.</exception>
    public static SampleReader Read(SoundStream file)
    {
        Format? format = null;
        long? longSize = null;
        long? frames = null;
        while (file.ReadChunk() is var (id, size))
        {
            switch (id)
            {
                case "data" when format is var (coding, rate, blockBytes):
                    var count = size != UntilTheEnd ? size : longSize ?? long.MaxValue;
                    return blockBytes is { } block
                        ? new SampleReader(file.Decoded(coding.Channels, block, count), coding, rate, frames is { } all ? all * coding.FrameBytes : long.MaxValue)
                        : new SampleReader(file, coding, rate, count);
                case "data":
                    throw new InvalidDataException("its samples come before the fmt chunk that describes them");
                case "fmt ":
                    format = ReadFormat(file, file.ReadChunkStart(size, FormatBytes));
                    break;
                case "fact" when file.ReadChunkStart(size, 4) is { Length: 4 } samples:
                    frames = file.ReadUInt32(samples);
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

    private static Format ReadFormat(SoundStream file, byte[]? chunk)
    {
        if (chunk is not { Length: >= 16 })
        {
            throw new InvalidDataException("its fmt chunk is cut off");
        }

        int Number(int at) => file.ReadUInt16(chunk.AsSpan(at));
        var (tag, channels, bits) = (Number(0), Number(2), Number(14));
        tag = tag == Extensible && chunk.Length == FormatBytes ? Number(24) : tag;
        if ((tag, bits) == (ImaAdpcm, 4) && !file.BigEndian)
        {
            var (decoded, frequency) = SoundFile.Check(new SampleCoding(SampleKind.Signed, 2, channels, BigEndian: false), file.ReadUInt32(chunk.AsSpan(4)));
            return Number(12) is var block && Files.ImaAdpcm.FramesOf(block, channels) > 1 ? new Format(decoded, frequency, block)
                : throw new InvalidDataException($"its blocks have {block} bytes, too few for {channels} channels");
        }

        var kind = (tag, bits) switch
        {
            (1, 8) => SampleKind.Unsigned8,
            (1, 16 or 24 or 32) => SampleKind.Signed,
            (3, 32 or 64) => SampleKind.Float,
            (6, 8) => SampleKind.ALaw,
            (7, 8) => SampleKind.MuLaw,
            _ => throw new UnknownCodingException($"its coding (format {tag}, {bits} bits) is unknown"),
        };
        var (coding, rate) = SoundFile.Check(new SampleCoding(kind, bits / 8, channels, file.BigEndian), file.ReadUInt32(chunk.AsSpan(4)));
        return new Format(coding, rate, null);
    }
}
