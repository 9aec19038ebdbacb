namespace Simile.Documents;

/// <summary>Finds the lines of ascending offsets.</summary>
internal sealed class LineCounter(string text)
{
    private int _line = 1;
    private int _offset;

    /// <summary>The line of a character, from 1.</summary>
    public int LineOf(int offset)
    {
        for (; _offset < offset; _offset++)
        {
            var skip = text.AsSpan(_offset, offset - _offset).IndexOfAny('\n', '\r');
            if (skip < 0)
            {
                _offset = offset;
                break;
            }

            _offset += skip;
            _line += text[_offset] == '\r' && _offset + 1 < text.Length && text[_offset + 1] == '\n' ? 0 : 1;
        }

        return _line;
    }
}
