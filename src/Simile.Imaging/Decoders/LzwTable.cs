namespace Simile.Imaging.Decoders;

/// <summary>The string table of LZW, for GIF and TIFF. Each string is an earlier string plus one byte.</summary>
internal sealed class LzwTable
{
    private readonly int _clear;
    private readonly short[] _prefix;
    private readonly byte[] _last;
    private readonly byte[] _stack;
    private int _previous = -1;

    /// <summary>A table for symbols of <paramref name="codeSize"/> bits and codes up to <paramref name="longestCode"/> bits.</summary>
    public LzwTable(int codeSize, int longestCode)
    {
        _clear = 1 << codeSize;
        (_prefix, _last, _stack) = (new short[1 << longestCode], new byte[1 << longestCode], new byte[(1 << longestCode) + 1]);
        for (var i = 0; i < _clear; i++)
        {
            (_prefix[i], _last[i]) = (-1, (byte)i);
        }

        Count = _clear + 2;
    }

    /// <summary>Number of valid codes: the single bytes, the clear and end codes, and the strings learned so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the table was just cleared.</summary>
    public bool IsFresh => _previous < 0;

    /// <summary>
    /// Writes the string of a code and learns the next string. False at the end code, at an invalid code, and if the target is full.
    /// </summary>
    public bool Take(int code, Span<byte> target, ref int written)
    {
        if (code == _clear)
        {
            (Count, _previous) = (_clear + 2, -1);
            return true;
        }

        if (code == _clear + 1 || code > Count || (code == Count && (IsFresh || Count == _prefix.Length)))
        {
            return false;
        }

        var isNew = code == Count; // the string being learned: the previous one and its own first byte
        var top = _stack.Length;
        if (isNew)
        {
            top--;
        }

        for (var c = isNew ? _previous : code; c >= 0; c = _prefix[c])
        {
            _stack[--top] = _last[c];
        }

        var first = _stack[top];
        if (isNew)
        {
            _stack[^1] = first;
        }

        Learn(first);
        _previous = code;
        var text = _stack.AsSpan(top);
        var fits = Math.Min(text.Length, target.Length - written);
        text[..fits].CopyTo(target[written..]);
        written += fits;
        return written < target.Length;
    }

    private void Learn(byte last)
    {
        if (_previous >= 0 && Count < _prefix.Length)
        {
            (_prefix[Count], _last[Count]) = ((short)_previous, last);
            Count++;
        }
    }
}
