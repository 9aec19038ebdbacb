namespace Simile.Tokenizers.Scanners;

/// <summary>'s, 't, 'd, 'm, 're, 've and 'll.</summary>
internal static class Contractions
{
    /// <summary>The length of the contraction at a position, or 0.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int i, bool ignoreCase)
    {
        if (i + 1 >= text.Length || text[i] != '\'')
        {
            return 0;
        }

        var first = Fold(text[i + 1], ignoreCase);
        if (first is 's' or 't' or 'd' or 'm')
        {
            return 2;
        }

        var second = i + 2 < text.Length ? Fold(text[i + 2], ignoreCase) : '\0';
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    // ſ (U+017F) equals s if case is ignored.
    private static char Fold(char c, bool ignoreCase) =>
        !ignoreCase ? c : c == 'ſ' ? 's' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
