using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index.Flat;

/// <summary>Rows of float32: component j of row i stands at i · Dimensions + j.</summary>
internal sealed unsafe class FloatRows : FlatRows
{
    private NativeArray<float> _data;

    public FloatRows(Metric metric, int dimensions)
        : this(metric, dimensions, new NativeArray<float>(0))
    {
    }

    /// <summary>Rows that stand in memory already, in a mapped file for example: growing copies them.</summary>
    public FloatRows(Metric metric, int dimensions, NativeArray<float> data)
        : base(metric, dimensions) => _data = data;

    public override int Capacity => (int)(_data.Length / Dimensions);

    public override long Bytes => _data.Bytes;

    public override void Grow(int capacity, int used)
    {
        var grown = _data.Grown((long)capacity * Dimensions, (long)used * Dimensions);
        _data.Dispose();
        _data = grown;
    }

    public override void Write(int row, ReadOnlySpan<float> vector) => vector.CopyTo(Rows(row, 1));

    public override void Move(int from, int to) => Rows(from, 1).CopyTo(Rows(to, 1));

    public override void Score(ReadOnlySpan<float> query, int first, Span<float> scores) =>
        MetricScore.Rows(Metric, query, Rows(first, scores.Length), scores);

    public override void Dispose() => _data.Dispose();

    private Span<float> Rows(int first, int count) => new(_data.Pointer + ((long)first * Dimensions), count * Dimensions);
}
