namespace Simile.Audio.Files;

/// <summary>
/// The .au files of Sun and NeXT: a header of six numbers, then the samples. Big-endian, except for DEC's files, which begin with "dns.".
/// </summary>
internal static class AuReader
{
    private const int HeaderBytes = 24;

    /// <summary>Reads the header of a file. The stream is after the first twelve bytes, which are passed in.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static SampleReader Read(SoundStream file, ReadOnlySpan<byte> first)
    {
        file.BigEndian = first[0] == '.';
        var (start, size) = (file.ReadUInt32(first[4..]), file.ReadUInt32(first[8..]));
        Span<byte> rest = stackalloc byte[12];
        if (!file.TryRead(rest) || start < HeaderBytes || !file.TrySkip(start - HeaderBytes))
        {
            throw new InvalidDataException("its header is cut off");
        }

        var (kind, bytes) = file.ReadUInt32(rest) switch
        {
            1 => (SampleKind.MuLaw, 1),
            2 => (SampleKind.Signed, 1),
            3 => (SampleKind.Signed, 2),
            4 => (SampleKind.Signed, 3),
            5 => (SampleKind.Signed, 4),
            6 => (SampleKind.Float, 4),
            7 => (SampleKind.Float, 8),
            27 => (SampleKind.ALaw, 1),
            var other => throw new UnknownCodingException($"its coding ({other}) is unknown"),
        };
        var channels = (int)Math.Min(file.ReadUInt32(rest[8..]), int.MaxValue);
        var (coding, rate) = SoundFile.Check(new SampleCoding(kind, bytes, channels, file.BigEndian), file.ReadUInt32(rest[4..]));
        // both say that the length is not known
        return new PcmReader(file, coding, rate, size is 0 or uint.MaxValue ? long.MaxValue : size);
    }
}
