namespace Simile.Tokenizers.Patterns;

/// <summary>All matches of a text, from left to right, as the onig crate gives them: an empty one never stands at the end of the one before it.</summary>
/// <remarks>All of them together may take <see cref="Pattern.StepsFor"/> steps, so that a text is done in linear time or refused.</remarks>
internal ref struct Matches(Pattern pattern, ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private long _steps = Pattern.StepsFor(text.Length);
    private int _from;
    private int _lastEnd = -1;
    private int _start;
    private int _end;

    /// <summary>Where the match begins.</summary>
    public readonly int Start => _start;

    /// <summary>Where it ends.</summary>
    public readonly int End => _end;

    /// <summary>Goes to the next match; false when there is none.</summary>
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
