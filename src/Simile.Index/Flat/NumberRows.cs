using System.Buffers;
using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Rows of numbers: component j of row i is at i · Dimensions + j.</summary>
internal abstract unsafe class NumberRows(Metric metric, int dimensions) : FlatRows(metric, dimensions)
{
    /// <summary>Above this length, products of two vectors may overflow a float.</summary>
    public const float LongestInProducts = 1e18f;

    private protected NativeArray<float> _lengths = new(0);

    /// <summary>Optional byte codes beside floats, for faster scans.</summary>
    public RowCodes? Codes { get; private protected set; }

    /// <summary>For tests, the length of each row (under L2 its square; NaN if huge); null under other metrics.</summary>
    public float* RowNorms => HasRowNorms ? _lengths.Pointer : null;

    /// <summary>Whether there are bytes to scan: those of <see cref="Codes"/>, or the rows themselves.</summary>
    public abstract bool Coded { get; }

    /// <summary>Up to <see cref="CodeBlock.Rows"/> rows as bytes.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="memory">Scratch of <see cref="CodeBlock.Memory"/> floats.</param>
    public abstract CodeBlock CodesOf(int first, int count, float* memory);

    /// <summary>Rows as adjacent floats: in place, or decoded to <paramref name="memory"/>.</summary>
    public abstract float* Decoded(int first, int count, float* memory);

    /// <summary>Encodes the first <paramref name="count"/> rows, and later ones when they are stored, if codes are useful.</summary>
    public abstract void MakeCodes(int count);

    /// <summary>One row as floats.</summary>
    public abstract void Decode(int row, float* target);

    protected bool HasRowNorms => Metric is Metric.Cosine or Metric.Dot or Metric.L2;

    protected float Aside(ReadOnlySpan<float> vector)
    {
        var length = VectorMath.Norm(vector);
        return !(length < LongestInProducts) ? float.NaN : Metric == Metric.L2 ? length * length : length;
    }
}

/// <summary>Rows of numbers in one format.</summary>
internal sealed unsafe class NumberRows<TFormat>(Metric metric, int dimensions) : NumberRows(metric, dimensions)
    where TFormat : struct, IRowFormat
{
    private NativeArray<byte> _data = new(0);
    private NativeArray<float> _scales = new(0);

    public override int Capacity => (int)(_data.Length / RowBytes);

    public override long Bytes => _data.Bytes + _scales.Bytes + _lengths.Bytes + (Codes?.Bytes ?? 0);

    public override bool Coded => Codes is not null || (typeof(TFormat) == typeof(Int8Format) && Bounded);

    private bool CodesPay => typeof(TFormat) == typeof(Float32Format) && Bounded;

    private bool Bounded => HasRowNorms && Dimensions is >= RowCodes.FewestDimensions and <= RowCodes.MostDimensions;

    private long RowBytes => (long)Dimensions * TFormat.Size;

    protected override void GrowRows(int capacity, int used)
    {
        Grow(ref _data, capacity * RowBytes, used * RowBytes);
        if (TFormat.Scaled)
        {
            Grow(ref _scales, 2L * capacity, 2L * used);
        }

        if (HasRowNorms)
        {
            Grow(ref _lengths, capacity, used);
        }

        Codes?.Grow(capacity, used);
    }

    protected override void MapRows(FlatSections sections, int count, bool codes)
    {
        _data = sections.Values<byte>(FlatSections.Rows, count, checked(Dimensions * TFormat.Size));
        if (TFormat.Scaled)
        {
            _scales = sections.Values<float>(FlatSections.Scales, count, 2);
        }

        if (HasRowNorms)
        {
            _lengths = sections.Values<float>(FlatSections.Lengths, count, 1);
        }

        if (codes && CodesPay)
        {
            Codes = new RowCodes(Metric, Dimensions);
            Codes.Map(sections, count);
        }
    }

    public override void Save(IndexFileWriter writer, int count)
    {
        FlatSections.Write(writer, FlatSections.Rows, _data, count * RowBytes);
        if (TFormat.Scaled)
        {
            FlatSections.Write(writer, FlatSections.Scales, _scales, 2L * count);
        }

        if (HasRowNorms)
        {
            FlatSections.Write(writer, FlatSections.Lengths, _lengths, count);
        }

        Codes?.Save(writer, count);
    }

    public override void Write(int row, ReadOnlySpan<float> vector)
    {
        TFormat.Write(vector, Row(row), Scale(row));
        if (HasRowNorms)
        {
            _lengths[row] = KeptAside(row);
        }

        Codes?.Write(row, vector);
    }

    public override void MakeCodes(int count)
    {
        if (Codes is not null || !CodesPay)
        {
            return;
        }

        var codes = new RowCodes(Metric, Dimensions);
        codes.Grow(Capacity, 0);
        Parallel.For(0, (count + 255) / 256, block =>
        {
            for (var row = block * 256; row < Math.Min(count, (block + 1) * 256); row++)
            {
                codes.Write(row, new ReadOnlySpan<float>(Row(row), Dimensions));
            }
        });
        Codes = codes;
    }

    public override void Move(int from, int to)
    {
        new ReadOnlySpan<byte>(Row(from), (int)RowBytes).CopyTo(new Span<byte>(Row(to), (int)RowBytes));
        if (TFormat.Scaled)
        {
            _scales.Slice(2L * from, 2).CopyTo(_scales.Slice(2L * to, 2));
        }

        if (HasRowNorms)
        {
            _lengths[to] = _lengths[from];
        }

        Codes?.Move(from, to);
    }

    public override void Score(float* query, int first, Span<float> scores) =>
        MetricKernels.Score<TFormat>(Metric, query, Dimensions, Row(first), Scale(first), scores, KernelPaths.Best);

    public override CodeBlock CodesOf(int first, int count, float* memory)
    {
        if (Codes is not null)
        {
            return Codes.Block(first);
        }

        // As floats these rows equal their bytes up to two roundings per component.
        var block = new CodeBlock(
            Row(first), memory, memory + CodeBlock.Rows, memory + (2 * CodeBlock.Rows), memory + (3 * CodeBlock.Rows));
        var rounding = MathF.Sqrt(Dimensions) / (1 << 22);
        for (var i = 0; i < count; i++)
        {
            var (offset, step, length) = (Scale(first + i)[0], Scale(first + i)[1], _lengths[first + i]);
            (block.Offsets[i], block.Steps[i]) = (offset, step);
            block.Errors[i] = (rounding * Math.Max(Math.Abs(offset), byte.MaxValue * step)) + float.Epsilon;
            block.Lengths[i] = Metric == Metric.L2 ? length : (length * 1.0001f) + float.Epsilon;
        }

        return block;
    }

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

    public override void Decode(int row, float* target) =>
        RowDecode<TFormat>.Run(Row(row), Scale(row), Dimensions, target, KernelPaths.Best);

    public override void Dispose()
    {
        _data.Dispose();
        _scales.Dispose();
        _lengths.Dispose();
        Codes?.Dispose();
    }

    private float KeptAside(int row)
    {
        var kept = ArrayPool<float>.Shared.Rent(Dimensions);
        fixed (float* target = kept)
        {
            Decode(row, target);
        }

        var rowNorm = Aside(kept.AsSpan(0, Dimensions));
        ArrayPool<float>.Shared.Return(kept);
        return rowNorm;
    }

    private byte* Row(int row) => _data.Pointer + (row * RowBytes);

    private float* Scale(int row) => TFormat.Scaled ? _scales.Pointer + (2L * row) : null;
}
