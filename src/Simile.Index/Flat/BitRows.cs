using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>Rows of bits: bit j % 64 of word j / 64 tells whether component j is greater than 0. Padding bits are 0.</summary>
internal sealed unsafe class BitRows(int dimensions) : FlatRows(Metric.Hamming, dimensions)
{
    private NativeArray<ulong> _data = new(0);

    public override int Capacity => (int)Math.Min(int.MaxValue, _data.Length / Words);

    public override long Bytes => _data.Bytes;

    public override int PreparedLength => Words * 2;

    private int Words => (int)((Dimensions + 63L) / 64);

    public override void Prepare(ReadOnlySpan<float> query, Span<float> prepared)
    {
        fixed (float* words = prepared)
        {
            Pack(query, (ulong*)words);
        }
    }

    protected override void GrowRows(int capacity, int used) => Grow(ref _data, (long)capacity * Words, (long)used * Words);

    protected override void MapRows(FlatSections sections, int count, bool codes) =>
        _data = sections.Values<ulong>(FlatSections.Rows, count, Words);

    public override void Save(IndexFileWriter writer, int count) =>
        FlatSections.Write(writer, FlatSections.Rows, _data, (long)count * Words);

    public override void Write(int row, ReadOnlySpan<float> vector) => Pack(vector, Row(row));

    public override void Move(int from, int to) => new Span<ulong>(Row(from), Words).CopyTo(new Span<ulong>(Row(to), Words));

    public override void Score(float* query, int first, Span<float> scores) => HammingBits.Rows((ulong*)query, Words, Row(first), scores);

    public override void Dispose() => _data.Dispose();

    private ulong* Row(int row) => _data.Pointer + ((long)row * Words);

    private void Pack(ReadOnlySpan<float> vector, ulong* words)
    {
        new Span<ulong>(words, Words).Clear();
        for (var i = 0; i < vector.Length; i++)
        {
            words[i / 64] |= vector[i] > 0 ? 1UL << i : 0;
        }
    }
}
