namespace Simile.Audio.Files;

/// <summary>The "fmt " chunk of WAV files.</summary>
/// <param name="Coding">The coding of the frames after decoding.</param>
/// <param name="Rate">Frames per second.</param>
/// <param name="Compression">The compression.</param>
/// <param name="BlockBytes">Bytes per block of ADPCM.</param>
internal sealed record WavFormat(SampleCoding Coding, int Rate, WavCompression Compression, int BlockBytes)
{
    /// <summary>The number of bytes of the chunk that are used.</summary>
    public const int Bytes = 40;

    private const int Extensible = 0xFFFE;
    private const int ImaTag = 0x11;
    private const int MpegTag = 0x50;
    private const int Mp3Tag = 0x55;
    private const int LeastBytes = 14;

    /// <summary>Reads a chunk.</summary>
    /// <param name="file">The file, for its byte order.</param>
    /// <param name="chunk">Its first <see cref="Bytes"/> bytes; null if the file is shorter.</param>
    /// <exception cref="InvalidDataException">The chunk is cut off, or its values are implausible.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static WavFormat Read(SoundStream file, byte[]? chunk)
    {
        if (chunk is not { Length: >= LeastBytes })
        {
            throw new InvalidDataException("its fmt chunk is cut off");
        }

        int Number(int at) => at + 2 <= chunk.Length ? file.ReadUInt16(chunk.AsSpan(at)) : 0;
        var (tag, channels, block, bits) = (Number(0), Number(2), Number(12), Number(14));
        tag = tag == Extensible && chunk.Length == Bytes ? Number(24) : tag;
        var rate = file.ReadUInt32(chunk.AsSpan(4));
        if (tag is MpegTag or Mp3Tag)
        {
            return new WavFormat(new SampleCoding(SampleKind.Signed, 2, 1, BigEndian: false), 0, WavCompression.Mpeg, 0);
        }

        if ((tag, bits) == (ImaTag, 4) && !file.BigEndian)
        {
            var (decoded, frequency) = SoundFile.Check(new SampleCoding(SampleKind.Signed, 2, channels, BigEndian: false), rate);
            return ImaAdpcm.FramesOf(block, channels) > 1 ? new WavFormat(decoded, frequency, WavCompression.Ima, block)
                : throw new InvalidDataException($"its blocks have {block} bytes, too few for {channels} channels");
        }

        var size = SampleBytes(bits, block, channels);
        var kind = (tag, bits, size) switch
        {
            (1, _, 1) => SampleKind.Unsigned8,
            (1, _, >= 2 and <= 8) => SampleKind.Signed,
            (3, 32, 4) or (3, 64, 8) => SampleKind.Float,
            (6, 8, 1) => SampleKind.ALaw,
            (7, 8, 1) => SampleKind.MuLaw,
            _ => throw new UnknownCodingException($"its coding (format {tag}, {bits} bits) is unknown"),
        };
        var (coding, checkedRate) = SoundFile.Check(new SampleCoding(kind, size, channels, file.BigEndian), rate);
        return new WavFormat(coding, checkedRate, WavCompression.None, 0);
    }

    // 12- or 20-bit samples use the upper bits of 16 or 24. The frame size gives the number of bytes. Above 32 bits only whole bytes are
    // supported.
    private static int SampleBytes(int bits, int block, int channels)
    {
        if (bits is < 1 or > 64 || (bits > 32 && bits % 8 != 0))
        {
            return 0;
        }

        var whole = channels > 0 && block % channels == 0 ? block / channels : 0;
        return whole * 8 >= bits && whole <= 8 ? whole : (bits + 7) / 8;
    }
}
