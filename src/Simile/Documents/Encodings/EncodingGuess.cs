using System.Text;

namespace Simile.Documents.Encodings;

/// <summary>
/// Finds the encoding with the most probable text: every candidate decodes the bytes, and character frequencies of its languages rate the
/// result.
/// </summary>
/// <remarks>
/// Self-written because the detectors on NuGet (UTF.Unknown, Ude) have the MPL license. Costs are comparable between encodings of one, two
/// and four bytes, because each is the cost of all bytes.
/// </remarks>
internal static class EncodingGuess
{
    private const int Sample = 48 << 10;

    // Random bytes cost ln 256 = 5.5 each.
    private const float LeastText = 5.0f;

    // Random two-byte units are mostly rare ideographs, with a cost of 4.7 per byte.
    private const float LeastWideText = 3.9f;

    private static readonly Candidate[] SingleByte =
    [
        new(1252, 0, LetterModel.Western), new(1250, 1, LetterModel.Central), new(28592, 2, LetterModel.Central),
        new(1251, 1, LetterModel.Cyrillic), new(20866, 1.5f, LetterModel.Cyrillic),
        new(21866, 2, LetterModel.Cyrillic), new(866, 2.5f, LetterModel.Cyrillic),
        new(28595, 2, LetterModel.Cyrillic), new(10007, 6, LetterModel.Cyrillic),
        new(1253, 1, LetterModel.Greek), new(28597, 2, LetterModel.Greek),
        new(1254, 2, LetterModel.Turkish), new(1255, 1, LetterModel.Hebrew),
        new(1256, 1, LetterModel.Arabic), new(28596, 2, LetterModel.Arabic),
        new(1257, 2, LetterModel.Baltic), new(28603, 3, LetterModel.Baltic),
        new(1258, 3, LetterModel.Vietnamese), new(874, 1, LetterModel.Thai), new(28605, 3, LetterModel.Western),
        new(850, 5, LetterModel.Western), new(437, 6, LetterModel.Western),
        new(852, 6, LetterModel.Central), new(10000, 6, LetterModel.Western),
    ];

    private static readonly Candidate[] MultiByte =
    [
        new(54936, 1, LetterModel.Simplified), new(950, 1, LetterModel.Traditional), new(932, 1, LetterModel.Japanese),
        new(51932, 1, LetterModel.Japanese), new(949, 1, LetterModel.Korean),
    ];

    private static readonly Candidate[] Wide =
    [
        new(1200, 2, LetterModel.All), new(1201, 2, LetterModel.All), new(12000, 2, LetterModel.All), new(12001, 2, LetterModel.All),
    ];

    private sealed record Candidate(int CodePage, float Prior, LetterModel[] Languages);

    /// <summary>The encoding; null if the bytes are not text in any encoding.</summary>
    /// <param name="bytes">Bytes that are not valid UTF-8, or have too many control characters.</param>
    public static Encoding? Of(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, Sample)];
        var (best, least) = (null as Encoding, LeastText * sample.Length);
        if (!HasManyControls(bytes))
        {
            // A valid UTF-8 sequence rarely occurs by chance.
            var utf8 = TextEncodings.Of(Encoding.UTF8.CodePage);
            Consider(utf8, TextCost.Least(utf8.GetString(sample), LetterModel.All) - Utf8Evidence(sample));
            foreach (var candidate in SingleByte.Concat(MultiByte))
            {
                Judge(candidate, sample);
            }
        }

        least = Math.Min(least, LeastWideText * sample.Length);
        foreach (var candidate in Wide)
        {
            if (MayBeWide(sample, candidate.CodePage)
                && !TextCost.HasManyImpossible(TextEncodings.Of(candidate.CodePage).GetString(sample)))
            {
                Judge(candidate, sample);
            }
        }

        return best;

        void Judge(Candidate candidate, ReadOnlySpan<byte> sample)
        {
            var encoding = TextEncodings.Of(candidate.CodePage);
            Consider(encoding, TextCost.Least(encoding.GetString(sample), candidate.Languages) + candidate.Prior);
        }

        void Consider(Encoding encoding, float cost) => (best, least) = cost < least ? (encoding, cost) : (best, least);
    }

    /// <summary>Whether bytes are more probable as text in one encoding than in another.</summary>
    public static bool IsBetter(Encoding encoding, Encoding other, ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length, Sample)];
        var evidence = encoding.CodePage == Encoding.UTF8.CodePage ? Utf8Evidence(sample) : 0;
        return TextCost.Least(encoding.GetString(sample), LetterModel.All) - evidence
            < TextCost.Least(other.GetString(sample), LetterModel.All);
    }

    /// <summary>Whether more than one byte in 200 is a control character that does not occur in texts.</summary>
    public static bool HasManyControls(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var b in bytes)
        {
            controls += b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B or 8) ? 1 : 0;
        }

        return controls * 200L > bytes.Length;
    }

    private static bool MayBeWide(ReadOnlySpan<byte> sample, int codePage) => codePage is 1200 or 1201
        ? sample.Length >= 4
        : sample.Length >= 8 && sample.Length % 4 == 0
            && sample[..Math.Min(sample.Length, 4096)].Count((byte)0) * 4 > Math.Min(sample.Length, 4096);

    private static float Utf8Evidence(ReadOnlySpan<byte> sample)
    {
        var evidence = 0f;
        while (!sample.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(sample, out var rune, out var consumed);
            evidence += status == System.Buffers.OperationStatus.Done && rune.Value >= 0x80 ? 3 * (consumed - 1) : 0;
            sample = sample[Math.Max(1, consumed)..];
        }

        return evidence;
    }
}
