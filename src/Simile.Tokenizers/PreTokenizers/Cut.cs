namespace Simile.Tokenizers.PreTokenizers;

/// <summary>What happens to the matches of a pattern.</summary>
internal enum SplitBehavior
{
    /// <summary>They are removed.</summary>
    Removed,

    /// <summary>Each is its own piece.</summary>
    Isolated,

    /// <summary>Each ends the previous piece.</summary>
    MergedWithPrevious,

    /// <summary>Each starts the next piece.</summary>
    MergedWithNext,

    /// <summary>Adjacent matches form one piece.</summary>
    Contiguous,
}

/// <summary>Receives the parts of a text in order, matches and the text between them, and forms pieces.</summary>
internal ref struct Cut(SplitBehavior behavior, List<(int Start, int End)> pieces)
{
    // The last piece, which may still grow.
    private int _start = -1;
    private int _end;
    private bool _lastIsFound;

    /// <summary>Adds the next part. It starts where the last one ended; a match may be empty.</summary>
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

    /// <summary>Completes the last piece.</summary>
    public void Finish()
    {
        if (_start >= 0 && _end > _start && !(behavior == SplitBehavior.Removed && _lastIsFound))
        {
            pieces.Add((_start, _end));
        }

        _start = -1;
    }
}
