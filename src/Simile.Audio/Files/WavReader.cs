using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>
/// WAV: RIFF, RF64 and BW64 (files over 4 GB), RIFX (big-endian), after Microsoft's "Multimedia Programming Interface", EBU Tech 3306 and
/// ITU-R BS.2088; and Sony's Wave64.
/// </summary>
internal static class WavReader
{
    private const uint UntilTheEnd = uint.MaxValue;
    private const int Wave64Header = 24;

    /// <summary>The first bytes of a Wave64 file.</summary>
    public static ReadOnlySpan<byte> Wave64Start =>
        [(byte)'r', (byte)'i', (byte)'f', (byte)'f', 0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB];

    /// <summary>Reads the header of a file. The stream is after the first twelve bytes, which are passed in.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static SampleReader Read(SoundStream file, ReadOnlySpan<byte> first)
    {
        var riffSize = file.ReadUInt32(first[4..]);
        WavFormat? format = null;
        (long Place, long Size)? data = null;
        long? longSize = null;
        long? frames = null;
        while (file.ReadChunk() is var (id, size))
        {
            switch (id)
            {
                case "data":
                    var bytes = DataSize(file, size, longSize, riffSize);
                    if (format is not null)
                    {
                        return Samples(file, format, bytes, frames);
                    }

                    if (!file.CanGoBack || bytes == long.MaxValue)
                    {
                        throw new InvalidDataException("its samples come before the fmt chunk that describes them");
                    }

                    data ??= (file.Place, bytes);
                    file.SkipChunk(bytes, bytes);
                    break;
                case "fmt ":
                    format = WavFormat.Read(file, file.ReadChunkStart(size, WavFormat.Bytes));
                    if (data is var (place, dataBytes))
                    {
                        file.GoTo(place);
                        return Samples(file, format, dataBytes, frames);
                    }

                    break;
                case "fact" when file.ReadChunkStart(size, 4) is { Length: 4 } samples:
                    frames = file.ReadUInt32(samples);
                    break;
                case "ds64" when file.ReadChunkStart(size, 16) is { Length: 16 } sizes:
                    longSize = BinaryPrimitives.ReadInt64LittleEndian(sizes.AsSpan(8));
                    break;
                default:
                    file.SkipChunk(size, size);
                    break;
            }
        }

        throw new InvalidDataException(format is null ? "it has no fmt chunk" : "it has no data chunk");
    }

    /// <summary>
    /// Reads the header of a Wave64 file. The stream is after the first twelve bytes. A chunk starts with 16 bytes of name and its total
    /// size, header included, and is padded to a multiple of 8.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="UnknownCodingException">The coding is not supported.</exception>
    public static SampleReader ReadWave64(SoundStream file)
    {
        file.BigEndian = false;
        file.TrySkip(28); // the rest of the first name, the size of the file, and the name "wave"
        WavFormat? format = null;
        var header = new byte[Wave64Header];
        while (file.TryRead(header))
        {
            var size = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16)) - Wave64Header;
            var isData = header.AsSpan().StartsWith("data"u8);
            if (isData && format is not null)
            {
                return Samples(file, format, size is <= 0 or long.MaxValue - Wave64Header ? long.MaxValue : size, null);
            }

            if (size < 0 || isData)
            {
                throw new InvalidDataException(
                    isData ? "its samples come before the fmt chunk that describes them" : "a chunk of it is shorter than its own header");
            }

            if (header.AsSpan().StartsWith("fmt "u8))
            {
                var chunk = new byte[Math.Min(size, WavFormat.Bytes)];
                size = file.TryRead(chunk) ? size - chunk.Length : throw new InvalidDataException("its fmt chunk is cut off");
                format = WavFormat.Read(file, chunk);
            }

            file.TrySkip(size);
            file.TrySkip(-file.Place & 7);
        }

        throw new InvalidDataException(format is null ? "it has no fmt chunk" : "it has no data chunk");
    }

    // An interrupted recorder or a pipe leaves 0 or the largest number as the size: then all that follows is sound. A 0 before another
    // chunk is a true 0.
    private static long DataSize(SoundStream file, uint size, long? longSize, uint riffSize) => size switch
    {
        0 => riffSize != UntilTheEnd && riffSize + 8L > file.Place && file.IsAtKnownChunk() ? 0 : long.MaxValue,
        UntilTheEnd => longSize > 0 ? longSize.Value : long.MaxValue,
        _ => size,
    };

    private static SampleReader Samples(SoundStream file, WavFormat format, long bytes, long? frames) => format.Compression switch
    {
        WavCompression.Mpeg => Mp3Reader.Open(file.Following),
        WavCompression.Ima => new PcmReader(
            new SoundStream(new ImaAdpcm(file.Following, format.Coding.Channels, format.BlockBytes, bytes)),
            format.Coding,
            format.Rate,
            FramesInBlocks(format, bytes, frames) * format.Coding.FrameBytes),
        _ => new PcmReader(file, format.Coding, format.Rate, bytes),
    };

    // The fact chunk gives the number of valid frames in the last block. Some programs count the samples of one channel: a value that would
    // drop whole blocks is ignored.
    private static long FramesInBlocks(WavFormat format, long bytes, long? said)
    {
        var inBlock = ImaAdpcm.FramesOf(format.BlockBytes, format.Coding.Channels);
        var blocks = Math.Min(bytes, long.MaxValue / 4096 / inBlock) / format.BlockBytes;
        return said is { } frames && frames > (blocks - 1) * inBlock ? frames : long.MaxValue / format.Coding.FrameBytes;
    }
}
