using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>The header of an MPEG audio frame (ISO 11172-3 and 13818-3, and 2.5 for low rates).</summary>
/// <param name="Length">Bytes of the frame, header included.</param>
/// <param name="Samples">Samples per channel.</param>
/// <param name="TagPlace">In a layer 3 frame, the offset of an encoder's tag.</param>
/// <param name="Kind">The header bits that are constant within a file: version, layer, rate.</param>
internal readonly record struct Mp3Frame(int Length, int Samples, int TagPlace, uint Kind)
{
    /// <summary>Bytes of a header.</summary>
    public const int HeaderBytes = 4;

    // In a file that starts inside a frame, the next frame starts within this many bytes.
    private const int SearchBytes = 1 << 14;
    private const uint SameInAll = 0xFFFE0C00;

    private static readonly int[] Rates = [44100, 48000, 32000];
    private static readonly int[][] BitRates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448], // version 1, layer 1
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384], // version 1, layer 2
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], // version 1, layer 3
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], // versions 2 and 2.5, layer 1
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], // versions 2 and 2.5, layers 2 and 3
    ];

    /// <summary>
    /// Whether MPEG audio comes next: a frame followed by one of the same kind or by the end. Skips bytes before the first frame.
    /// </summary>
    public static bool IsAt(SoundStream file)
    {
        var bytes = file.Peek(2 * SearchBytes);
        for (var at = 0; at <= Math.Min(SearchBytes, bytes.Length - HeaderBytes); at++)
        {
            if (bytes[at] == 0xFF && Parse(bytes[at..]) is { } frame && IsFollowed(bytes[at..], frame))
            {
                return file.TrySkip(at);
            }
        }

        return false;
    }

    /// <summary>Reads a header. Null if there is none.</summary>
    public static Mp3Frame? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes)
        {
            return null;
        }

        var bits = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var (version, layer, bitRate, rate, isPadded, isMono) = ((int)(bits >> 19) & 3, 4 - ((int)(bits >> 17) & 3),
            (int)(bits >> 12) & 15, (int)(bits >> 10) & 3, (int)(bits >> 9) & 1, ((bits >> 6) & 3) == 3);
        if (bits >> 21 != 0x7FF || version == 1 || layer == 4 || bitRate is 0 or 15 || rate == 3)
        {
            return null;
        }

        var isOne = version == 3;
        var kilobits = BitRates[isOne ? layer - 1 : layer == 1 ? 3 : 4][bitRate];
        var hertz = Rates[rate] >> (isOne ? 0 : version == 2 ? 1 : 2);
        var samples = layer == 1 ? 384 : layer == 2 || isOne ? 1152 : 576;
        var length = layer == 1 ? ((12 * kilobits * 1000 / hertz) + isPadded) * 4 : (samples / 8 * kilobits * 1000 / hertz) + isPadded;
        return new Mp3Frame(length, samples, HeaderBytes + (isOne ? (isMono ? 17 : 32) : isMono ? 9 : 17), bits & SameInAll);
    }

    private static bool IsFollowed(ReadOnlySpan<byte> bytes, Mp3Frame frame) =>
        frame.Length >= bytes.Length ? frame.Length == bytes.Length
        : Parse(bytes[frame.Length..]) is { } next ? next.Kind == frame.Kind
        : bytes[frame.Length..].StartsWith("TAG"u8) || bytes[frame.Length..].StartsWith("APETAGEX"u8);
}
