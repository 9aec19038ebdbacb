using System.Globalization;

namespace Simile.Documents.Encodings;

/// <summary>The cost of a text: the sum over its characters of negative log probabilities.</summary>
internal static class TextCost
{
    private const float Ascii = 3;
    private const float Impossible = 14;

    private const string Typographic = "‘’“”„‚–—…•«»¿¡€£©®°§·†™‹›¬¶×½¼¾²³¹´";

    /// <summary>The cost in the best-fitting language.</summary>
    public static float Least(string text, LetterModel[] languages)
    {
        var least = float.MaxValue;
        foreach (var language in languages)
        {
            least = Math.Min(least, Of(text, language));
        }

        return least;
    }

    /// <summary>Whether more than one character in 50 is a control character, damaged or unassigned.</summary>
    public static bool HasManyImpossible(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += c == '\uFFFD' || (c is not ('\t' or '\n' or '\r' or '\f')
                && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
                ? 1
                : 0;
        }

        return count * 50 > text.Length;
    }

    private static float Of(string text, LetterModel language)
    {
        var cost = 0f;
        for (var i = 0; i < text.Length; i++)
        {
            cost += text[i] < 0x80 ? OfAscii(text[i]) : OfOther(text, i, language);
        }

        return cost;
    }

    private static float OfAscii(char c) => c is >= ' ' and < '\x7F' or '\t' or '\n' or '\r' or '\f' or '\x1B' ? Ascii : Impossible;

    private static float OfOther(string text, int i, LetterModel language)
    {
        var c = text[i];
        if (language.CostOf(c) is { } known)
        {
            return known + Anomalies(text, i);
        }

        return c switch
        {
            >= '\u3041' and <= '\u3096' => 3.4f, // Hiragana
            >= '\u30A1' and <= '\u30FC' => 4.4f, // Katakana
            >= '\u3001' and <= '\u3017' or >= '\uFF01' and <= '\uFF1F' => 4, // punctuation of East Asia
            >= '\u4E00' and <= '\u9FA5' => 8.5f,
            >= '\uAC00' and <= '\uD7A3' => 7.5f,
            >= '\uFF61' and <= '\uFF9F' => 6, // halfwidth Katakana: one byte each
            >= '\u2500' and <= '\u259F' => i > 0 && text[i - 1] == c ? 1.5f : 7, // boxes
            '\u00A0' or '\u3000' => 4,
            _ => OfUnlisted(text, i),
        };
    }

    private static float OfUnlisted(string text, int i)
    {
        var c = text[i];
        if (Typographic.Contains(c, StringComparison.Ordinal))
        {
            return c is '’' or '‘' or '·' || !IsBetweenLetters(text, i) ? 4.5f : 9;
        }

        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => Impossible,
            UnicodeCategory.Surrogate => 6,
            _ when c == '\uFFFD' => Impossible,
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter =>
                9 + Anomalies(text, i),
            UnicodeCategory.NonSpacingMark => 8,
            _ => IsBetweenLetters(text, i) ? 11 : 7.5f,
        };
    }

    // A capital inside a word, or two scripts in one word.
    private static float Anomalies(string text, int i)
    {
        if (i == 0 || !char.IsLetter(text[i - 1]))
        {
            return 0;
        }

        var (before, c) = (text[i - 1], text[i]);
        var cost = char.IsUpper(c) && char.IsLower(before) ? 4f : 0;
        return cost + (Script(before) == Script(c) ? 0 : 5);
    }

    private static bool IsBetweenLetters(string text, int i) =>
        i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]);

    // East Asian texts mix scripts and contain Latin words without spaces.
    private static int Script(char c) => c switch
    {
        < '\u0370' or >= '\u1E00' and < '\u1F00' => 0,
        < '\u0400' => 1,
        < '\u0530' => 2,
        < '\u0600' => 3,
        < '\u0900' => 4,
        >= '\u0E00' and < '\u0E80' => 5,
        >= '\u2E80' => 0,
        _ => 6,
    };
}
