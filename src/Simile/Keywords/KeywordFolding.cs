using System.Globalization;
using System.Text;
using Simile.Tokenizers.Normalizers;

namespace Simile.Keywords;

/// <summary>Makes spellings of the same word equal: compatible forms (NFKC), case, and diacritics.</summary>
/// <remarks>Simile's own tables of Unicode, because .NET has none with invariant globalization.</remarks>
internal static class KeywordFolding
{
    private static readonly UnicodeNormalizer Decomposition = new(compatible: true, compose: false);
    private static readonly UnicodeNormalizer Composition = new(compatible: false, compose: true);

    /// <summary>The folded form of a word. Empty if it holds only marks.</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word))
        {
            return string.Create(word.Length, word, (lower, source) => Ascii.ToLower(source, lower, out _));
        }

        return IsFolded(word) ? word.ToString() : Composition.Normalize(FoldDecomposed(Decomposition.Normalize(word.ToString())));
    }

    // Most of Chinese, Japanese and Korean text.
    private static bool IsFolded(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (c is not ((>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or '\u3005' or '\u30FC'
                or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')))
            {
                return false;
            }
        }

        return true;
    }

    private static string FoldDecomposed(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (!IsRemoved(c))
            {
                Append(folded, c);
            }
        }

        return folded.ToString();
    }

    // Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic. Marks of other scripts distinguish words.
    // A compatible form can also hold spaces and punctuation: ½ is 1⁄2.
    private static bool IsRemoved(char c) =>
        c is (>= '\u0300' and <= '\u036F') or (>= '\u0591' and <= '\u05C7')
            or (>= '\u0610' and <= '\u061A') or '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670'
        || (char.GetUnicodeCategory(c) > UnicodeCategory.OtherNumber && !char.IsSurrogate(c));

    // Letters that differ by more than case, or have no decomposition.
    private static void Append(StringBuilder folded, char c)
    {
        _ = char.ToLowerInvariant(c) switch
        {
            'ß' => folded.Append("ss"),
            'æ' => folded.Append("ae"),
            'œ' => folded.Append("oe"),
            'þ' => folded.Append("th"),
            'ø' => folded.Append('o'),
            'đ' or 'ð' => folded.Append('d'),
            'ł' => folded.Append('l'),
            'ħ' => folded.Append('h'),
            'ı' => folded.Append('i'),
            'ς' => folded.Append('σ'),
            var lower => folded.Append(lower),
        };
    }
}
