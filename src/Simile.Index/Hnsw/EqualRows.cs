using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Index.Hnsw;

/// <summary>Finds the slot of an equal vector: a hash table of slots with linear probing.</summary>
/// <remarks>For the writer only.</remarks>
internal sealed class EqualRows(int dimensions)
{
    private const int Empty = -1;
    private const int Deleted = -2;

    private readonly float[] _row = new float[dimensions];
    private int[] _table = [];
    private int _taken;

    public long Bytes => _table.Length * (long)sizeof(int);

    /// <summary>The hash of a vector. Equal vectors have equal hashes.</summary>
    public static uint Hash(ReadOnlySpan<float> vector)
    {
        var (even, odd) = (0x9E3779B97F4A7C15UL, 0xC2B2AE3D27D4EB4FUL);
        for (var i = 0; i + 1 < vector.Length; i += 2)
        {
            even = Mixed(even, vector[i]);
            odd = Mixed(odd, vector[i + 1]);
        }

        return (uint)(Mixed(even ^ BitOperations.RotateLeft(odd, 31), vector.Length % 2 == 0 ? 0 : vector[^1]) >> 16);
    }

    // −0 equals 0.
    private static ulong Mixed(ulong hash, float component)
    {
        hash = (hash ^ BitConverter.SingleToUInt32Bits(component + 0f)) * 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32);
    }

    /// <summary>The slot of an equal vector; −1 if there is none.</summary>
    public int Find(uint hash, ReadOnlySpan<float> vector, VectorRows rows)
    {
        for (var at = Start(hash); _table.Length > 0 && _table[at] != Empty; at = Next(at))
        {
            if (_table[at] != Deleted && IsEqual(vector, _table[at], rows))
            {
                return _table[at];
            }
        }

        return -1;
    }

    /// <summary>Adds a slot with a new vector. There must be space.</summary>
    public void Add(uint hash, int slot)
    {
        var at = Start(hash);
        while (_table[at] >= 0)
        {
            at = Next(at);
        }

        _taken += _table[at] == Empty ? 1 : 0;
        _table[at] = slot;
    }

    /// <summary>Removes a slot, if it is in the table.</summary>
    public void Remove(int slot, VectorRows rows)
    {
        rows.CopyTo(slot, _row);
        for (var at = Start(Hash(_row)); _table.Length > 0 && _table[at] != Empty; at = Next(at))
        {
            if (_table[at] == slot)
            {
                _table[at] = Deleted;
                return;
            }
        }
    }

    /// <summary>Makes space for more slots.</summary>
    public void Reserve(int more, VectorRows rows)
    {
        if (_taken + (long)more <= _table.Length * 3L / 4)
        {
            return;
        }

        var slots = _table.Where(slot => slot >= 0).ToArray();
        _table = new int[Math.Min(Array.MaxLength, Math.Max(16, (slots.Length + (long)more) * 3 / 2))];
        _table.AsSpan().Fill(Empty);
        _taken = 0;
        foreach (var slot in slots)
        {
            rows.CopyTo(slot, _row);
            Add(Hash(_row), slot);
        }
    }

    private bool IsEqual(ReadOnlySpan<float> vector, int slot, VectorRows rows)
    {
        if (rows.Floats(slot) is { IsEmpty: false } floats)
        {
            return Equal(vector, floats);
        }

        rows.CopyTo(slot, _row);
        return Equal(vector, _row);
    }

    // By value, because −0 equals 0. Bits are compared first because that is faster.
    private static bool Equal(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b)) || a.SequenceEqual(b);

    private int Start(uint hash) => (int)((ulong)hash * (uint)_table.Length >> 32);

    private int Next(int at) => at + 1 == _table.Length ? 0 : at + 1;
}
