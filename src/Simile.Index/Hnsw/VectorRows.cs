using System.Runtime.CompilerServices;
using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>The vectors themselves, with which every answer is scored.</summary>
/// <remarks>Under L2, vectors whose components are all integers from 0 to 255 (pixels, SIFT) are stored as bytes without loss.</remarks>
internal sealed unsafe class VectorRows : IDisposable
{
    private readonly Metric _metric;
    private readonly NativeArray<float>? _floats;
    private readonly NativeArray<byte>? _bytes;

    public VectorRows(Metric metric, int dimensions, int capacity, bool inBytes)
    {
        _metric = metric;
        Dimensions = dimensions;
        Capacity = capacity;
        if (inBytes)
        {
            _bytes = new NativeArray<byte>((long)capacity * dimensions);
        }
        else
        {
            _floats = new NativeArray<float>((long)capacity * dimensions);
        }
    }

    /// <summary>Maps a section of a file, read-only.</summary>
    public VectorRows(Metric metric, int dimensions, int capacity, bool inBytes, IndexSection section)
    {
        _metric = metric;
        Dimensions = dimensions;
        Capacity = capacity;
        var count = (long)capacity * dimensions;
        if (inBytes)
        {
            _bytes = new NativeArray<byte>(section.Values<byte>(count), count);
        }
        else
        {
            _floats = new NativeArray<float>(section.Values<float>(count), count);
        }
    }

    public int Dimensions { get; }

    public int Capacity { get; }

    public bool InBytes => _bytes is not null;

    public long Bytes => (_floats?.Bytes ?? 0) + (_bytes?.Bytes ?? 0);

    /// <summary>Whether vectors can be stored as bytes without loss.</summary>
    public static bool FitBytes(Metric metric, ReadOnlySpan<float> components)
    {
        if (metric != Metric.L2)
        {
            return false;
        }

        foreach (var component in components)
        {
            if (component != (byte)Math.Clamp(component, 0, 255))
            {
                return false;
            }
        }

        return true;
    }

    public void Set(int slot, ReadOnlySpan<float> vector)
    {
        if (_bytes is null)
        {
            vector.CopyTo(_floats!.Slice((long)slot * Dimensions, Dimensions));
            return;
        }

        var row = _bytes.Slice((long)slot * Dimensions, Dimensions);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (byte)vector[i];
        }
    }

    public void CopyTo(int slot, Span<float> vector)
    {
        if (_bytes is null)
        {
            _floats!.Slice((long)slot * Dimensions, Dimensions).CopyTo(vector);
            return;
        }

        var row = _bytes.Slice((long)slot * Dimensions, Dimensions);
        for (var i = 0; i < row.Length; i++)
        {
            vector[i] = row[i];
        }
    }

    /// <summary>
    /// The score of a query, which is normalized under cosine. Never NaN: if infinities of huge components meet, or a file holds NaN, it is
    /// the lowest score.
    /// </summary>
    public float Score(float* query, int slot)
    {
        if (_bytes is not null)
        {
            return -ByteDistance.SquaredL2(query, _bytes.Pointer + ((long)slot * Dimensions), Dimensions);
        }

        var a = new ReadOnlySpan<float>(query, Dimensions);
        var b = Row(slot);
        var score = _metric switch
        {
            Metric.L2 => -Pairwise<SquaredL2>.One(a, b),
            Metric.Manhattan => -Pairwise<Manhattan>.One(a, b),
            Metric.Hamming => -Pairwise<Hamming>.One(a, b),
            Metric.Cosine or Metric.Dot => Pairwise<Dot>.One(a, b),
            _ => throw new InvalidOperationException($"Graphs do not support the metric {_metric}."),
        };
        return float.IsNaN(score) ? float.NegativeInfinity : score;
    }

    /// <summary>As the other overload.</summary>
    public float Score(ReadOnlySpan<float> query, int slot)
    {
        fixed (float* vector = query)
        {
            return Score(vector, slot);
        }
    }

    /// <summary>The distance of two vectors: by angle, by squared distance, or by the metric itself.</summary>
    public float Distance(int a, int b)
    {
        if (_bytes is not null)
        {
            return ByteDistance.SquaredL2(_bytes.Pointer + ((long)a * Dimensions), _bytes.Pointer + ((long)b * Dimensions), Dimensions);
        }

        return _metric switch
        {
            Metric.Manhattan => Pairwise<Manhattan>.One(Row(a), Row(b)),
            Metric.Hamming => Pairwise<Hamming>.One(Row(a), Row(b)),
            Metric.Cosine or Metric.Dot or Metric.L2 => Pairwise<SquaredL2>.One(Row(a), Row(b)),
            _ => throw new InvalidOperationException($"Graphs do not support the metric {_metric}."),
        };
    }

    /// <summary>A row of floats; empty if rows are bytes.</summary>
    public ReadOnlySpan<float> Floats(int slot) => _floats is null ? [] : Row(slot);

    /// <summary>Prefetches a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot)
    {
        var size = _bytes is not null ? Dimensions : Dimensions * (long)sizeof(float);
        var row = (_bytes is not null ? _bytes.Pointer : (byte*)_floats!.Pointer) + (slot * size);
        for (var i = 0L; i < size; i += 64)
        {
            CachePrefetch.Level2(row + i);
        }
    }

    /// <summary>A copy with more space, as floats if some vectors do not fit in bytes.</summary>
    public VectorRows Grown(int capacity, int used, bool inBytes)
    {
        var grown = new VectorRows(_metric, Dimensions, capacity, inBytes);
        if (_floats is not null)
        {
            Buffer.MemoryCopy(_floats.Pointer, grown._floats!.Pointer, grown._floats.Bytes, (long)used * Dimensions * sizeof(float));
            return grown;
        }

        var row = new float[Dimensions];
        for (var slot = 0; slot < used; slot++)
        {
            CopyTo(slot, row);
            grown.Set(slot, row);
        }

        return grown;
    }

    /// <summary>Writes the first rows to a section of a file.</summary>
    public void Write(IndexFileWriter writer, int used)
    {
        _bytes?.Write(writer, (long)used * Dimensions);
        _floats?.Write(writer, (long)used * Dimensions);
    }

    public void Dispose()
    {
        _floats?.Dispose();
        _bytes?.Dispose();
    }

    private ReadOnlySpan<float> Row(int slot) => new(_floats!.Pointer + ((long)slot * Dimensions), Dimensions);
}
