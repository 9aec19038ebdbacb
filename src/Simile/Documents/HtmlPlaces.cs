using AngleSharp.Html;

namespace Simile.Documents;

/// <summary>Finds the source positions of text in a parsed page. The tree keeps the positions of start tags, not those of texts.</summary>
/// <remarks>
/// Texts come in source order, except for those that the parser moves. A cursor follows them, skips markup, and is reset by
/// each start tag. If a text is not found, it gets the cursor's position, so that its line is at most slightly wrong.
/// </remarks>
internal sealed class HtmlPlaces(string html)
{
    private const int LongestSearch = 2048;
    private const int LongestName = 34;

    private int _at;

    /// <summary>Moves the cursor after a start tag.</summary>
    /// <param name="tag">Offset of its less-than sign.</param>
    /// <param name="mayGoBack">Whether the position may lie before the cursor, because the parser has moved the element.</param>
    public void Enter(int tag, bool mayGoBack)
    {
        // Elements added by the parser have no position.
        if (tag >= 0 && tag < html.Length && html[tag] == '<' && (tag >= _at || mayGoBack))
        {
            _at = AfterMarkup(tag);
        }
    }

    /// <summary>The positions of a text's characters.</summary>
    /// <param name="text">The text from the tree.</param>
    /// <param name="isRaw">Whether it is raw text (a script or similar) without markup.</param>
    public (int Start, int End)[] Locate(string text, bool isRaw)
    {
        var places = new (int, int)[text.Length];
        for (var i = 0; i < text.Length;)
        {
            var length = Find(text, i, isRaw, out var place);
            for (var j = 0; j < length; j++)
            {
                places[i++] = place;
            }
        }

        return places;
    }

    // The number of characters whose position was found.
    private int Find(string text, int i, bool isRaw, out (int Start, int End) place)
    {
        var start = _at;
        for (var at = _at; at < html.Length && at - start < LongestSearch;)
        {
            if (!isRaw && IsMarkup(at))
            {
                var after = AfterMarkup(at);
                start += after - at;
                at = after;
                continue;
            }

            if (!isRaw && html[at] == '&' && Reference(text, i, at, out var length) is > 0 and var consumed)
            {
                place = (at, _at = at + consumed);
                return length;
            }

            if (IsSame(html[at], text[i]))
            {
                var end = html[at] == '\r' && at + 1 < html.Length && html[at + 1] == '\n' ? at + 2 : at + 1;
                place = (at, _at = end);
                return 1;
            }

            if (char.IsWhiteSpace(text[i]))
            {
                break;
            }

            at++;
        }

        place = (Math.Min(_at, html.Length), Math.Min(_at, html.Length));
        return 1;
    }

    private static bool IsSame(char source, char text) =>
        source == text || (source == '\r' && text == '\n') || (source == '\0' && text == '\uFFFD');

    private bool IsMarkup(int at) =>
        html[at] == '<' && at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?');

    private int AfterMarkup(int at)
    {
        if (html.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
        {
            var end = html.IndexOf("-->", at + 2, StringComparison.Ordinal);
            return end < 0 ? html.Length : end + 3;
        }

        var quote = '\0';
        for (var i = at + 1; i < html.Length; i++)
        {
            if (quote != '\0')
            {
                quote = html[i] == quote ? '\0' : quote;
            }
            else if (html[i] == '>')
            {
                return i + 1;
            }
            else if (html[i] is '"' or '\'' && html[i - 1] is '=' or ' ' or '\t' or '\n' or '\r')
            {
                quote = html[i];
            }
        }

        // An unclosed quote.
        var next = html.IndexOf('>', at);
        return next < 0 ? html.Length : next + 1;
    }

    // The source length of the character reference that gave the next characters.
    private int Reference(string text, int i, int at, out int length)
    {
        length = 1;
        var source = html.AsSpan(at + 1, Math.Min(LongestName, html.Length - at - 1));
        if (source is ['#', ..])
        {
            length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            return NumberLength(source);
        }

        for (var end = Math.Min(source.Length, LongestName); end > 1; end--)
        {
            if (HtmlEntityProvider.Resolver.GetSymbol(source[..end].ToString()) is { Length: > 0 } symbol
                && string.CompareOrdinal(text, i, symbol, 0, symbol.Length) == 0)
            {
                length = symbol.Length;
                return end + 1;
            }
        }

        return 0;
    }

    private static int NumberLength(ReadOnlySpan<char> source)
    {
        var isHex = source.Length > 1 && source[1] is 'x' or 'X';
        var digits = isHex ? 2 : 1;
        var end = digits;
        while (end < source.Length && (isHex ? char.IsAsciiHexDigit(source[end]) : char.IsAsciiDigit(source[end])))
        {
            end++;
        }

        return end == digits ? 0 : 1 + end + (end < source.Length && source[end] == ';' ? 1 : 0);
    }
}
