using System.Numerics;
using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Models;

/// <summary>The merges: (left id, right id) → (rank, new id).</summary>
/// <remarks>
/// Open addressing, at most half full, 16 bytes per slot. The lowest rank merges first. Ranks may repeat, as scores of SentencePiece do.
/// Negative ids never merge.
/// </remarks>
internal sealed class MergeTable
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int None = int.MaxValue;

    private const ulong Empty = ulong.MaxValue;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private Slot[] _slots;
    private int _shift;

    /// <param name="capacity">Expected number of pairs. The table grows if needed.</param>
    public MergeTable(int capacity) => Allocate((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity * 2L)));

    /// <summary>Number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a pair. A repeated pair replaces the earlier one.</summary>
    public void Add(int left, int right, int rank, int id)
    {
        if (Count >= _slots.Length / 2)
        {
            Grow();
        }

        ref var slot = ref _slots[IndexOf(Key(left, right))];
        Count += slot.Key == Empty ? 1 : 0;
        slot = new Slot(Key(left, right), rank, id);
    }

    /// <summary>The rank of a pair, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int left, int right, out int id)
    {
        ref readonly var slot = ref _slots[IndexOf(Key(left, right))];
        id = slot.Id;
        return slot.Rank;
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    // The slot of a key, or the empty slot for it. Two ids of -1 are the key of empty slots, whose rank is None.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexOf(ulong key)
    {
        var slots = _slots;
        var i = (int)((key * Multiplier) >> _shift);
        while (slots[i].Key != key && slots[i].Key != Empty)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        return i;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_slots))]
    private void Allocate(int size)
    {
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        Array.Fill(_slots, new Slot(Empty, None, -1));
    }

    private void Grow()
    {
        var old = _slots;
        Allocate(old.Length * 2);
        foreach (var slot in old.Where(slot => slot.Key != Empty))
        {
            _slots[IndexOf(slot.Key)] = slot;
        }
    }

    private readonly record struct Slot(ulong Key, int Rank, int Id);
}
