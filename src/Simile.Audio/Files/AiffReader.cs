namespace Simile.Audio.Files;

/// <summary>
/// Reads AIFF and AIFF-C files, as specified by Apple ("Audio Interchange File Format" 1.3, AIFF-C draft of 1991). Chunks may be in any
/// order.
/// </summary>
internal static class AiffReader
{
    /// <summary>Reads the header of a file. The stream is after the first twelve bytes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static SampleReader Read(SoundStream file)
    {
        file.BigEndian = true;
        AiffFormat? format = null;
        (long Place, uint Size)? sound = null;
        while (file.ReadChunk() is var (id, size))
        {
            switch (id)
            {
                case "COMM":
                    format = AiffFormat.Read(file, file.ReadChunkStart(size, AiffFormat.Bytes));
                    if (sound is var (place, bytes))
                    {
                        file.GoTo(place);
                        return Samples(file, format, bytes);
                    }

                    break;
                case "SSND" when format is not null:
                    return Samples(file, format, size);
                case "SSND" when !file.CanGoBack:
                    throw new InvalidDataException(
                        "its samples come before the COMM chunk that describes them, which a pipe cannot go back to");
                case "SSND":
                    sound ??= (file.Place, size);
                    file.SkipChunk(size, size);
                    break;
                default:
                    file.SkipChunk(size, size);
                    break;
            }
        }

        throw new InvalidDataException(format is null ? "it has no COMM chunk" : "it has no SSND chunk");
    }

    // The chunk starts with the number of bytes to skip and an unused block size. A chunk size of 0 was never filled in: all bytes that
    // follow are sound.
    private static PcmReader Samples(SoundStream file, AiffFormat format, uint size)
    {
        if (size == 0 && file.IsAtKnownChunk())
        {
            return new PcmReader(file, format.Coding, format.Rate, 0);
        }

        Span<byte> start = stackalloc byte[8];
        var skipped = file.TryRead(start) ? file.ReadUInt32(start) : 0;
        file.TrySkip(skipped);
        var bytes = size is 0 or uint.MaxValue ? long.MaxValue : Math.Max(0, size - 8L - skipped);
        return format.IsIma
            ? new PcmReader(
                new SoundStream(new QuickTimeIma(file.Following, format.Coding.Channels, bytes)), format.Coding, format.Rate, long.MaxValue)
            : new PcmReader(file, format.Coding, format.Rate, bytes);
    }
}
