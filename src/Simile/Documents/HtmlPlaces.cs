using AngleSharp.Html;

namespace Simile.Documents;

/// <summary>Finds where the text of a parsed page stands in its source. The tree keeps the places of start tags, not those of texts.</summary>
/// <remarks>
/// Texts are met in the order of the source, but for what the parser moves: a cursor follows them, passes over markup, and is set anew by
/// each start tag. Where a text is not found its place is that of the cursor, so that a line is at most a little off.
/// </remarks>
internal sealed class HtmlPlaces(string html)
{
    private const int LongestSearch = 2048;
    private const int LongestName = 34;

    private int _at;

    /// <summary>Sets the cursor behind a start tag.</summary>
    /// <param name="tag">Offset of its less-than sign.</param>
    /// <param name="mayGoBack">Whether the place counts although it lies before the cursor: the parser has moved the element.</param>
    public void Enter(int tag, bool mayGoBack)
    {
        // Elements that the parser has added have no place.
        if (tag >= 0 && tag < html.Length && html[tag] == '<' && (tag >= _at || mayGoBack))
        {
            _at = AfterMarkup(tag);
        }
    }

    /// <summary>The places of the characters of a text.</summary>
    /// <param name="text">As the tree has it.</param>
    /// <param name="isRaw">Whether it is that of a script or the like, in which there is no markup.</param>
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

    // How many characters of the text have the place that was found.
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

    private static bool IsSame(char source, char text) => source == text || (source == '\r' && text == '\n') || (source == '\0' && text == '\uFFFD');

    private bool IsMarkup(int at) => html[at] == '<' && at + 1 < html.Length && (char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?');

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

        // A quote that is never closed.
        var next = html.IndexOf('>', at);
        return next < 0 ? html.Length : next + 1;
    }

    // The length in the source of the character reference that the parser turned into the next characters of the text.
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
            if (HtmlEntityProvider.Resolver.GetSymbol(source[..end].ToString()) is { Length: > 0 } symbol && string.CompareOrdinal(text, i, symbol, 0, symbol.Length) == 0)
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
