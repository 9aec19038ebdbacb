using System.Text;

namespace Simile.Documents;

/// <summary>Collects the text of one block and collapses white space.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _places = [];

    /// <summary>Appends a text with the positions of its characters.</summary>
    public void Append(string text, (int Start, int End)[] places, bool preformatted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && text[i] != '\u00A0' && !preformatted)
            {
                Space(places[i].Start, places[i].End);
            }
            else
            {
                Add(text[i], places[i].Start, places[i].End);
            }
        }
    }

    /// <summary>Appends a space unless the block is empty or ends with one.</summary>
    public void Space(int start, int end)
    {
        if (_text.Length > 0 && !char.IsWhiteSpace(_text[_text.Length - 1]))
        {
            Add(' ', start, end);
        }
    }

    /// <summary>Ends a line.</summary>
    public void BreakLine()
    {
        var at = _places.Count > 0 ? _places[^1].End : 0;
        Add('\n', at, at);
    }

    /// <summary>Separates two cells of a table.</summary>
    public void Space()
    {
        var at = _places.Count > 0 ? _places[^1].End : 0;
        Space(at, at);
    }

    /// <summary>The trimmed block; null if it is empty.</summary>
    public Block? ToBlock(BlockKind kind)
    {
        var text = _text.ToString();
        var trimmed = Lines.Trim(text, new Lines.Line(0, text.Length));
        if (trimmed.Length == 0)
        {
            return null;
        }

        var places = _places.GetRange(trimmed.Start, trimmed.Length).ToArray();
        return new Block(kind, text.AsMemory(trimmed.Start, trimmed.Length), places[0].Start, Math.Max(places[0].Start, places[^1].End))
        {
            Places = places,
        };
    }

    private void Add(char c, int start, int end)
    {
        _text.Append(c);
        _places.Add((start, end));
    }
}
