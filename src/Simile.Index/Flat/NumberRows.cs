using System.Buffers;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Rows of numbers: component j of row i stands at i · Dimensions + j.</summary>
internal abstract unsafe class NumberRows(Metric metric, int dimensions) : FlatRows(metric, dimensions)
{
    /// <summary>Beyond this length products of two vectors may leave the range of a float.</summary>
    public const float Huge = 1e18f;

    protected NativeArray<float> Lengths { get; set; } = new(0);

    /// <summary>For each row what tests need: its length, under L2 its square, NaN where that is huge; null under the other metrics.</summary>
    public float* Asides => HasAsides ? Lengths.Pointer : null;

    /// <summary>Rows as floats that follow each other: where they stand, or decoded into <paramref name="memory"/>.</summary>
    public abstract float* Decoded(int first, int count, float* memory);

    /// <summary>One row as floats.</summary>
    public abstract void Decode(int row, float* target);

    protected bool HasAsides => Metric is Metric.Cosine or Metric.Dot or Metric.L2;

    protected float Aside(ReadOnlySpan<float> vector)
    {
        var length = VectorMath.Norm(vector);
        return !(length < Huge) ? float.NaN : Metric == Metric.L2 ? length * length : length;
    }
}

/// <summary>Rows of numbers of one format.</summary>
internal sealed unsafe class NumberRows<TFormat> : NumberRows
    where TFormat : struct, IRowFormat
{
    private NativeArray<byte> _data;
    private NativeArray<float> _scales = new(0);

    public NumberRows(Metric metric, int dimensions)
        : this(metric, dimensions, new NativeArray<byte>(0))
    {
    }

    /// <summary>Rows that stand in memory already, in a mapped file for example: growing copies them.</summary>
    public NumberRows(Metric metric, int dimensions, NativeArray<byte> data)
        : base(metric, dimensions) => _data = data;

    public override int Capacity => (int)(_data.Length / RowBytes);

    public override long Bytes => _data.Bytes + _scales.Bytes + Lengths.Bytes;

    private long RowBytes => (long)Dimensions * TFormat.Size;

    public override void Grow(int capacity, int used)
    {
        _data = Grown(_data, capacity * RowBytes, used * RowBytes);
        if (TFormat.Scaled)
        {
            _scales = Grown(_scales, 2L * capacity, 2L * used);
        }

        if (HasAsides)
        {
            Lengths = Grown(Lengths, capacity, used);
        }
    }

    public override void Write(int row, ReadOnlySpan<float> vector)
    {
        TFormat.Write(vector, Row(row), Scale(row));
        if (HasAsides)
        {
            Lengths[row] = KeptAside(row);
        }
    }

    public override void Move(int from, int to)
    {
        new ReadOnlySpan<byte>(Row(from), (int)RowBytes).CopyTo(new Span<byte>(Row(to), (int)RowBytes));
        if (TFormat.Scaled)
        {
            _scales.Slice(2L * from, 2).CopyTo(_scales.Slice(2L * to, 2));
        }

        if (HasAsides)
        {
            Lengths[to] = Lengths[from];
        }
    }

    public override void Score(float* query, int first, Span<float> scores) =>
        MetricKernels.Score<TFormat>(Metric, query, Dimensions, Row(first), Scale(first), scores, KernelPaths.Best);

    public override float* Decoded(int first, int count, float* memory)
    {
        if (typeof(TFormat) == typeof(Float32Format))
        {
            return (float*)Row(first);
        }

        for (var i = 0; i < count; i++)
        {
            Decode(first + i, memory + ((long)i * Dimensions));
        }

        return memory;
    }

    public override void Decode(int row, float* target) => RowDecode<TFormat>.Run(Row(row), Scale(row), Dimensions, target, KernelPaths.Best);

    public override void Dispose()
    {
        _data.Dispose();
        _scales.Dispose();
        Lengths.Dispose();
    }

    private float KeptAside(int row)
    {
        var kept = ArrayPool<float>.Shared.Rent(Dimensions);
        fixed (float* target = kept)
        {
            Decode(row, target);
        }

        var aside = Aside(kept.AsSpan(0, Dimensions));
        ArrayPool<float>.Shared.Return(kept);
        return aside;
    }

    private static NativeArray<T> Grown<T>(NativeArray<T> old, long length, long used)
        where T : unmanaged
    {
        var grown = old.Grown(length, used);
        old.Dispose();
        return grown;
    }

    private byte* Row(int row) => _data.Pointer + (row * RowBytes);

    private float* Scale(int row) => TFormat.Scaled ? _scales.Pointer + (2L * row) : null;
}
