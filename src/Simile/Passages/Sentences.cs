using System.Buffers;

namespace Simile.Passages;

/// <summary>Finds the ends of sentences: after . ! ? … and equivalents in other scripts, but not after an abbreviation.</summary>
internal static class Sentences
{
    private const string Western = ".!?…؟۔।॥։";
    private const string Eastern = "。！？｡．";
    private const string Closers = "\"'”’»)]』」】）］›*_`";

    private static readonly SearchValues<char> BeforeWord = SearchValues.Create(" \t\r\n(\u00A0");

    private static readonly HashSet<string> Abbreviations = new(
        """
        mr mrs ms dr prof st jr sr vs etc e.g i.e eg ie no nos vol fig figs eq pp p ch sec art al inc ltd co corp dept est approx ca cf
        viz resp jan feb mar apr jun jul aug sep sept oct nov dec mt ft gen col sgt capt lt rev hon
        z.b d.h u.a bzw usw ggf evtl inkl zzgl bspw nr str abs vgl sog hr fr mme mlle m sra dra ud uds ej ecc sig avv
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The offset after the sentence that starts at <paramref name="start"/>, without trailing white space.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (Eastern.Contains(text[i], StringComparison.Ordinal))
            {
                return SkipClosers(text, i + 1);
            }

            if (Western.Contains(text[i], StringComparison.Ordinal))
            {
                var end = SkipClosers(text, i + 1);
                if (end == text.Length || (char.IsWhiteSpace(text[end]) && Begins(text[end..]) && !IsAbbreviation(text[start..(i + 1)])))
                {
                    return end;
                }

                i = end - 1;
            }
        }

        return text.Length;
    }

    /// <summary>Whether the last words of a text end a sentence.</summary>
    public static bool IsEnd(ReadOnlySpan<char> text)
    {
        var stripped = text.TrimEnd().TrimEnd(Closers);
        return stripped.Length > 0
            && (Western.Contains(stripped[^1], StringComparison.Ordinal) || Eastern.Contains(stripped[^1], StringComparison.Ordinal));
    }

    private static int SkipClosers(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length
            && (Closers.Contains(text[i], StringComparison.Ordinal) || Western.Contains(text[i], StringComparison.Ordinal)
                || Eastern.Contains(text[i], StringComparison.Ordinal)))
        {
            i++;
        }

        return i;
    }

    // A sentence does not start with a lowercase letter.
    private static bool Begins(ReadOnlySpan<char> text)
    {
        var next = text.TrimStart();
        return next.IsEmpty || !char.IsLower(next[0]);
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> text)
    {
        if (text[^1] != '.')
        {
            return false;
        }

        var word = text[..^1];
        word = word[(word.LastIndexOfAny(BeforeWord) + 1)..];
        return (word.Length == 1 && char.IsLetter(word[0]))
            || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }
}
