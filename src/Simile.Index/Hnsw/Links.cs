using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>The edges of a graph: one row of neighbors per slot, padded with the slot itself.</summary>
/// <remarks>
/// Neighbors take two bytes for up to 65,536 slots, otherwise four. One writer and any number of readers. Each edge is written atomically,
/// so a reader sees old edges, new ones, or a mix.
/// </remarks>
internal sealed unsafe class Links : IDisposable
{
    /// <summary>The number of neighbors read at a time.</summary>
    public const int Block = 16;

    private const int Narrow = ushort.MaxValue + 1;

    private readonly NativeArray<ushort>? _narrow;
    private readonly NativeArray<int>? _wide;
    private readonly int _stride;

    public Links(int capacity, int degree)
    {
        Degree = degree;
        Capacity = capacity;
        _stride = Padded(degree);
        if (capacity <= Narrow)
        {
            _narrow = new NativeArray<ushort>((long)capacity * _stride);
        }
        else
        {
            _wide = new NativeArray<int>((long)capacity * _stride);
        }
    }

    /// <summary>Maps a section of a file, read-only.</summary>
    public Links(int capacity, int degree, IndexSection section)
    {
        Degree = degree;
        Capacity = capacity;
        _stride = Padded(degree);
        var count = (long)capacity * _stride;
        if (capacity <= Narrow)
        {
            _narrow = new NativeArray<ushort>(section.Values<ushort>(count), count);
        }
        else
        {
            _wide = new NativeArray<int>(section.Values<int>(count), count);
        }
    }

    /// <summary>Maximum number of edges per slot.</summary>
    public int Degree { get; }

    public int Capacity { get; }

    public long Bytes => (_narrow?.Bytes ?? 0) + (_wide?.Bytes ?? 0);

    /// <summary>The buffer size for <see cref="Read"/>.</summary>
    public int Stride => _stride;

    /// <summary>
    /// The neighbors of a slot, from an offset that is a multiple of <see cref="Block"/>. Missing ones are the slot itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Load(int slot, int from) => Load(((long)slot * _stride) + from);

    /// <summary>Copies the neighbors of a slot and returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(int slot, int* neighbors)
    {
        var count = 0;
        for (var i = 0; i < _stride; i += Block)
        {
            var block = Load(((long)slot * _stride) + i);
            block.Store(neighbors + i);
            var padding = (uint)Vector512.Equals(block, Vector512.Create(slot)).ExtractMostSignificantBits();
            if (padding != 0)
            {
                return count + System.Numerics.BitOperations.TrailingZeroCount(padding);
            }

            count += Block;
        }

        return count;
    }

    /// <summary>Writes the neighbors of a slot.</summary>
    public void Write(int slot, ReadOnlySpan<int> neighbors)
    {
        for (var i = 0; i < _stride; i++)
        {
            Set(((long)slot * _stride) + i, i < neighbors.Length ? neighbors[i] : slot);
        }
    }

    /// <summary>Adds a neighbor if there is space.</summary>
    public bool TryAppend(int slot, int neighbor)
    {
        var row = stackalloc int[_stride];
        var count = Read(slot, row);
        if (count >= Degree)
        {
            return false;
        }

        Set(((long)slot * _stride) + count, neighbor);
        return true;
    }

    /// <summary>Prefetches a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
        if (_narrow is not null)
        {
            CachePrefetch.Level1((byte*)(_narrow.Pointer + ((long)slot * _stride)));
        }
        else
        {
            var row = _wide!.Pointer + ((long)slot * _stride);
            CachePrefetch.Level1((byte*)row);
            CachePrefetch.Level1((byte*)(row + _stride - 1));
        }
    }

    /// <summary>A copy with space for more slots.</summary>
    public Links Grown(int capacity, int used)
    {
        var grown = new Links(capacity, Degree);
        var row = stackalloc int[_stride];
        for (var slot = 0; slot < used; slot++)
        {
            grown.Write(slot, new ReadOnlySpan<int>(row, Read(slot, row)));
        }

        return grown;
    }

    /// <summary>Writes all rows to a section of a file.</summary>
    public void Write(IndexFileWriter writer)
    {
        _narrow?.Write(writer, _narrow.Length);
        _wide?.Write(writer, _wide.Length);
    }

    /// <summary>Whether every edge leads to a slot below a limit.</summary>
    public bool AllBelow(int limit)
    {
        var count = (long)Capacity * _stride;
        for (var at = 0L; at < count; at += Block)
        {
            if (Vector512.GreaterThanOrEqualAny(Load(at).AsUInt32(), Vector512.Create((uint)limit)))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose()
    {
        _narrow?.Dispose();
        _wide?.Dispose();
    }

    private static int Padded(int degree) => (degree + Block - 1) / Block * Block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<int> Load(long at)
    {
        if (_narrow is null)
        {
            return Vector512.Load(_wide!.Pointer + at);
        }

        var (lower, upper) = Vector256.Widen(Vector256.Load(_narrow.Pointer + at));
        return Vector512.Create(lower, upper).AsInt32();
    }

    private void Set(long at, int neighbor)
    {
        if (_narrow is not null)
        {
            _narrow[at] = (ushort)neighbor;
        }
        else
        {
            _wide![at] = neighbor;
        }
    }
}
