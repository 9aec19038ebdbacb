namespace Simile.Tokenizers.Models;

/// <summary>The symbols of a piece of text, in order, while byte pair encoding joins them: buffers that are kept and reused.</summary>
/// <remarks>
/// Symbol i has the id Ids[i] (below 0: it joins with nothing) and stands for Lengths[i] units of text, bytes or UTF-16 units as the caller
/// counts; a joined symbol has the sum of both. Always the pair of the lowest rank joins, of equal ranks the leftmost: by scans over a short
/// piece (<see cref="MergeShort"/>), by a heap over a long one (<see cref="MergeLong"/>, O(n log n)). Both give the same.
/// </remarks>
internal sealed partial class Symbols
{
    /// <summary>Up to this many symbols scans are faster than a heap.</summary>
    internal const int ShortLength = 128;

    // Buffers beyond this are let go after use: one absurd text must not hold its memory for ever.
    private const int KeptLength = 1 << 17;

    private int[] _ids = new int[ShortLength];
    private int[] _lengths = new int[ShortLength];

    /// <summary>Number of symbols.</summary>
    public int Count { get; private set; }

    /// <summary>Their ids.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>How much text each stands for.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Begins a new piece.</summary>
    public void Clear()
    {
        Count = 0;
        if (_ids.Length > KeptLength)
        {
            _ids = new int[ShortLength];
            _lengths = new int[ShortLength];
        }
    }

    /// <summary>Adds a symbol behind the others.</summary>
    public void Add(int id, int length)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _lengths, Count * 2);
        }

        _ids[Count] = id;
        _lengths[Count++] = length;
    }

    /// <summary>Gives the last symbol another id.</summary>
    public void ReplaceLast(int id) => _ids[Count - 1] = id;

    /// <summary>The last symbol stands for more text.</summary>
    public void ExtendLast(int length) => _lengths[Count - 1] += length;

    /// <summary>Joins until no pair joins any more.</summary>
    public void Merge(MergeTable merges)
    {
        if (Count <= ShortLength)
        {
            MergeShort(merges);
        }
        else
        {
            MergeLong(merges);
        }
    }
}
