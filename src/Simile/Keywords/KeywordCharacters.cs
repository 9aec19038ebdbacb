using System.Globalization;
using System.Text;

namespace Simile.Keywords;

/// <summary>The classes of characters that terms are cut by.</summary>
internal static class KeywordCharacters
{
    /// <summary>The class of the code point at an offset.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Offset of the code point.</param>
    /// <param name="units">Its length in UTF-16 units.</param>
    public static CharacterClass At(ReadOnlySpan<char> text, int at, out int units)
    {
        var c = text[at];
        units = 1;
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetterLower(c) ? CharacterClass.Lower : char.IsAsciiLetterUpper(c) ? CharacterClass.Upper
                : char.IsAsciiDigit(c) ? CharacterClass.Digit : c == '_' ? CharacterClass.Connector : CharacterClass.Other;
        }

        Rune.DecodeFromUtf16(text[at..], out var rune, out units);
        return IsUnspaced(rune.Value) && Rune.IsLetterOrDigit(rune) ? CharacterClass.Unspaced : Of(Rune.GetUnicodeCategory(rune));
    }

    /// <summary>Whether single characters of a text in a script without spaces can be words: Chinese and Korean ones.</summary>
    public static bool IsOftenAWord(char c) =>
        c is >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uD800' and <= '\uDBFF';

    private static CharacterClass Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClass.Upper,
        UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Lower,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Digit,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format =>
            CharacterClass.Mark,
        UnicodeCategory.ConnectorPunctuation => CharacterClass.Connector,
        _ => CharacterClass.Other,
    };

    // Thai to Myanmar, Hangul, Khmer, kana, Han and their forms of half and full width. Korean has spaces, but words carry their particles.
    private static bool IsUnspaced(int c) => c is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3041 and <= 0x318F) or (>= 0x31A0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFFDC) or (>= 0x1B000 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);
}
