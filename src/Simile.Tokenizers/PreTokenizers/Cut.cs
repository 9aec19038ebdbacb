namespace Simile.Tokenizers.PreTokenizers;

/// <summary>What becomes of the parts that a pattern finds.</summary>
internal enum SplitBehavior
{
    /// <summary>They go away.</summary>
    Removed,

    /// <summary>Each is a piece of its own.</summary>
    Isolated,

    /// <summary>Each ends the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Those that touch are one piece.</summary>
    Contiguous,
}

/// <summary>Takes the parts of a text in order, found ones and what lies between, and makes pieces of them.</summary>
internal ref struct Cut(SplitBehavior behavior, List<(int Start, int End)> pieces)
{
    // The piece that may still grow.
    private int _start = -1;
    private int _end;
    private bool _lastIsFound;

    /// <summary>Takes the next part, which begins where the last one ended; a found one may be empty.</summary>
    public void Add(int start, int end, bool isFound)
    {
        var joins = behavior switch
        {
            SplitBehavior.Contiguous => isFound == _lastIsFound,
            SplitBehavior.MergedWithPrevious => isFound && !_lastIsFound,
            SplitBehavior.MergedWithNext => !isFound && _lastIsFound,
            _ => false,
        };
        if (!joins || _start < 0)
        {
            Finish();
            _start = start;
        }

        _end = end;
        _lastIsFound = isFound;
    }

    /// <summary>Ends the last piece.</summary>
    public void Finish()
    {
        if (_start >= 0 && _end > _start && !(behavior == SplitBehavior.Removed && _lastIsFound))
        {
            pieces.Add((_start, _end));
        }

        _start = -1;
    }
}
