using System.Numerics;

namespace Simile.Index;

/// <summary>The ids that a search may answer with: one bit an id.</summary>
/// <remarks>Any number of searches may read it at once; changing it needs it to itself.</remarks>
public sealed class IdFilter
{
    private readonly ulong[] _words;

    /// <summary>Makes a filter that lets no id through.</summary>
    /// <param name="limit">One more than the greatest id it can hold, at least 0: <see cref="VectorIndex.IdLimit"/>.</param>
    public IdFilter(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Limit = limit;
        _words = new ulong[(limit + 63L) / 64];
    }

    /// <summary>One more than the greatest id it can hold.</summary>
    public int Limit { get; }

    /// <summary>How many ids it lets through.</summary>
    public int Count { get; private set; }

    /// <summary>Bit i of word w stands for the id 64 w + i; bits from <see cref="Limit"/> on are 0.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Makes a filter that lets the given ids through.</summary>
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

    /// <summary>Whether the id may be answered; ids from <see cref="Limit"/> on may not.</summary>
    public bool Allows(int id) => (uint)id < (uint)Limit && (_words[id >> 6] >> id & 1) != 0;

    /// <summary>Lets an id through.</summary>
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

    /// <summary>The ids let through, ascending.</summary>
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
