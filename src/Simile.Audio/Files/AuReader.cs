namespace Simile.Audio.Files;

/// <summary>Sun's and NeXT's .au: a header of six big-endian numbers, then the samples.</summary>
internal static class AuReader
{
    /// <summary>Reads the header of a file behind its first twelve bytes, which are given.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or its coding unknown.</exception>
    public static SampleReader Read(SoundStream file, ReadOnlySpan<byte> first)
    {
        file.BigEndian = true;
        var (start, size) = (file.ReadUInt32(first[4..]), file.ReadUInt32(first[8..]));
        Span<byte> rest = stackalloc byte[12];
        if (!file.TryRead(rest) || start < 24 || !file.TrySkip(start - 24))
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
        var (coding, rate) = SoundFile.Check(new SampleCoding(kind, bytes, channels, BigEndian: true), file.ReadUInt32(rest[4..]));
        return new SampleReader(file, coding, rate, size == uint.MaxValue ? long.MaxValue : size);
    }
}
