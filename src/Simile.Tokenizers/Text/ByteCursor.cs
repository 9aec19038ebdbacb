namespace Simile.Tokenizers.Text;

/// <summary>Walks forward over a text by its UTF-8 bytes, to find the character that contains a byte.</summary>
internal ref struct ByteCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _units = UnitsAt(text, 0);
    private int _bytes = BytesAt(text, 0);
    private int _byte;

    /// <summary>First unit of the current character.</summary>
    public int Start { get; private set; }

    /// <summary>End of the current character.</summary>
    public readonly int End => Start + _units;

    /// <summary>Moves to the character that contains a byte, or to the last one.</summary>
    public void MoveTo(int at)
    {
        while (at >= _byte + _bytes && End < _text.Length)
        {
            _byte += _bytes;
            Start += _units;
            _units = UnitsAt(_text, Start);
            _bytes = BytesAt(_text, Start);
        }
    }

    /// <summary>Number of UTF-8 bytes of the character at a position. An unpaired surrogate counts as U+FFFD.</summary>
    public static int BytesAt(ReadOnlySpan<char> text, int i)
    {
        var c = i < text.Length ? text[i] : '\0';
        return c < 0x80 ? 1 : c < 0x800 ? 2 : UnitsAt(text, i) == 2 ? 4 : 3;
    }

    /// <summary>Number of UTF-16 units of the character at a position.</summary>
    public static int UnitsAt(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
}
