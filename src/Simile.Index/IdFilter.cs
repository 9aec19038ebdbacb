using System.Numerics;

namespace Simile.Index;

/// <summary>A set of ids that a search may return: one bit per id.</summary>
/// <remarks>Any number of searches may read it concurrently. Changing it needs exclusive access.</remarks>
public sealed class IdFilter
{
    private readonly ulong[] _words;

    /// <summary>Creates an empty filter.</summary>
    /// <param name="limit">One more than the largest id it can hold, at least 0: <see cref="VectorIndex.IdLimit"/>.</param>
    public IdFilter(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Limit = limit;
        _words = new ulong[(limit + 63L) / 64];
    }

    /// <summary>One more than the largest id it can hold.</summary>
    public int Limit { get; }

    /// <summary>Number of allowed ids.</summary>
    public int Count { get; private set; }

    /// <summary>Bit i of word w stands for the id 64 w + i. Bits from <see cref="Limit"/> on are 0.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Creates a filter of the given ids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or not below <paramref name="limit"/>.</exception>
    public static IdFilter Of(int limit, IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var filter = new IdFilter(limit);
        foreach (var id in ids)
        {
            filter.Allow(id);
        }

        return filter;
    }

    /// <summary>Whether an id is allowed. Ids from <see cref="Limit"/> on are not.</summary>
    public bool Allows(int id) => (uint)id < (uint)Limit && (_words[id >> 6] >> id & 1) != 0;

    /// <summary>Lets a search return this id. Does nothing if it was allowed before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative or not below <see cref="Limit"/>.</exception>
    public void Allow(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Limit);
        ref var word = ref _words[id >> 6];
        var bit = 1UL << id;
        Count += (word & bit) == 0 ? 1 : 0;
        word |= bit;
    }

    /// <summary>The allowed ids, ascending.</summary>
    public IEnumerable<int> Ids()
    {
        for (var w = 0; w < _words.Length; w++)
        {
            for (var word = _words[w]; word != 0; word &= word - 1)
            {
                yield return (w << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }
}
