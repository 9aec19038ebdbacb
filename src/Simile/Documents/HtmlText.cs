using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Simile.Documents;

/// <summary>Gathers the text of one block: white space runs become one space, character references their characters.</summary>
internal sealed class HtmlText
{
    private const int LongestReference = 40;

    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _places = [];

    /// <summary>Adds the characters of the source from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Append(string html, int start, int end, bool preformatted)
    {
        for (var i = start; i < end;)
        {
            var length = 1;
            if (html[i] == '&' && TryReadReference(html.AsSpan(i, Math.Min(end - i, LongestReference)), out var symbol, out length))
            {
                foreach (var c in symbol)
                {
                    Add(c, i, i + length);
                }
            }
            else if (char.IsWhiteSpace(html[i]) && html[i] != '\u00A0' && !preformatted)
            {
                Space(i, i + 1);
            }
            else
            {
                Add(html[i], i, i + 1);
            }

            i += length;
        }
    }

    /// <summary>Adds a space unless there is one, or nothing, before.</summary>
    public void Space(int start, int end)
    {
        if (_text.Length > 0 && !char.IsWhiteSpace(_text[_text.Length - 1]))
        {
            Add(' ', start, end);
        }
    }

    public void BreakLine(int start, int end) => Add('\n', start, end);

    /// <summary>The block without white space around it; null where nothing else is there.</summary>
    public Block? ToBlock(BlockKind kind)
    {
        var text = _text.ToString();
        var trimmed = Lines.Trim(text, new Lines.Line(0, text.Length));
        if (trimmed.Length == 0)
        {
            return null;
        }

        var places = _places.GetRange(trimmed.Start, trimmed.Length).ToArray();
        return new Block(kind, text.AsMemory(trimmed.Start, trimmed.Length), places[0].Start, places[^1].End) { Places = places };
    }

    private void Add(char c, int start, int end)
    {
        _text.Append(c);
        _places.Add((start, end));
    }

    private static bool TryReadReference(ReadOnlySpan<char> text, out string symbol, out int length)
    {
        var name = text[1..];
        var stop = name.IndexOf(';');
        length = stop + 2;
        symbol = string.Empty;
        if (stop >= 2 && name[0] == '#')
        {
            symbol = FromNumber(name[1..stop]);
        }
        else if (stop >= 1)
        {
            symbol = HtmlEntityProvider.Resolver.GetSymbol(name[..(stop + 1)].ToString()) ?? string.Empty;
        }

        if (symbol.Length == 0)
        {
            length = 1;
        }

        return symbol.Length > 0;
    }

    private static string FromNumber(ReadOnlySpan<char> digits)
    {
        var isHex = digits[0] is 'x' or 'X';
        return int.TryParse(isHex ? digits[1..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Rune.TryCreate(number, out var rune) ? rune.ToString() : string.Empty;
    }
}
