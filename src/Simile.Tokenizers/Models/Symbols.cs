namespace Simile.Tokenizers.Models;

/// <summary>The symbols of a piece of text while byte pair encoding merges them. The buffers are reused.</summary>
/// <remarks>
/// Symbol i has the id Ids[i] (negative: never merges) and covers Lengths[i] units of text, bytes or UTF-16 units as the caller
/// counts. A merged symbol has the sum of both. The pair of the lowest rank merges first, of equal ranks the leftmost: by scans in a short
/// piece (<see cref="MergeShort"/>), with a heap in a long one (<see cref="MergeLong"/>, O(n log n)). Both give the same result.
/// </remarks>
internal sealed partial class Symbols
{
    /// <summary>Up to this many symbols, scans are faster than a heap.</summary>
    internal const int ShortLength = 128;

    // Larger buffers are released after use, so that one huge text does not hold its memory forever.
    private const int KeptLength = 1 << 17;

    private int[] _ids = new int[ShortLength];
    private int[] _lengths = new int[ShortLength];

    /// <summary>Number of symbols.</summary>
    public int Count { get; private set; }

    /// <summary>Their ids.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The length of each in the text.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Starts a new piece.</summary>
    public void Clear()
    {
        Count = 0;
        if (_ids.Length > KeptLength)
        {
            _ids = new int[ShortLength];
            _lengths = new int[ShortLength];
        }
    }

    /// <summary>Appends a symbol.</summary>
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

    /// <summary>Changes the id of the last symbol.</summary>
    public void ReplaceLast(int id) => _ids[Count - 1] = id;

    /// <summary>Extends the last symbol.</summary>
    public void ExtendLast(int length) => _lengths[Count - 1] += length;

    /// <summary>Merges until no pair can merge.</summary>
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
