namespace Simile.Tokenizers.Patterns;

/// <summary>
/// All matches in a text from left to right, as in the onig crate: an empty match never touches the end of the previous one.
/// </summary>
/// <remarks>Together they may take <see cref="Pattern.StepsFor"/> steps, so a text is processed in linear time or refused.</remarks>
internal ref struct Matches(Pattern pattern, ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private long _steps = Pattern.StepsFor(text.Length);
    private int _from;
    private int _lastEnd = -1;
    private int _start;
    private int _end;

    /// <summary>Start of the match.</summary>
    public readonly int Start => _start;

    /// <summary>End of the match.</summary>
    public readonly int End => _end;

    /// <summary>Moves to the next match. False if there is none.</summary>
    /// <exception cref="InvalidDataException">The pattern takes too many steps on this text.</exception>
    public bool MoveNext()
    {
        while (_from <= _text.Length && pattern.TryMatch(_text, _from, ref _steps, out _start, out _end))
        {
            if (_end > _start || _end != _lastEnd)
            {
                _from = _lastEnd = _end;
                return true;
            }

            _from += _from + 1 < _text.Length && char.IsHighSurrogate(_text[_from]) ? 2 : 1;
        }

        return false;
    }
}
