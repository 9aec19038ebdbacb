using System.Globalization;

namespace Simile.Passages;

/// <summary>Where a text may be cut if no sentence ends.</summary>
internal static class Boundaries
{
    // Longer grapheme clusters are attacks on programs: they may be cut.
    private const int LongestGrapheme = 64;

    /// <summary>
    /// The best cut after <paramref name="start"/> and up to <paramref name="limit"/>: the last white space in the second half,
    /// otherwise the last end of a grapheme cluster, otherwise between two characters. Never within a surrogate pair, so it may be one
    /// beyond the limit.
    /// </summary>
    public static int Last(ReadOnlySpan<char> text, int start, int limit)
    {
        if (limit >= text.Length)
        {
            return text.Length;
        }

        for (var i = limit; i > start + ((limit - start) / 2); i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return LastGrapheme(text[..Math.Min(text.Length, limit + LongestGrapheme)], start, limit);
    }

    private static int LastGrapheme(ReadOnlySpan<char> text, int start, int limit)
    {
        var cut = start;
        for (var next = start; next <= limit; next += StringInfo.GetNextTextElementLength(text[next..]))
        {
            cut = next;
        }

        if (cut > start)
        {
            return cut;
        }

        var inPair = char.IsLowSurrogate(text[limit]) && char.IsHighSurrogate(text[limit - 1]);
        return !inPair ? limit : limit - 1 > start ? limit - 1 : limit + 1;
    }
}
