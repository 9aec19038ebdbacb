using Simile.Index.Format;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Flat;

/// <summary>One byte per component of stored floats, and a bound on the distance of a row from its bytes.</summary>
/// <remarks>
/// See <see cref="CodeBlock"/> for the data per row.
/// </remarks>
internal sealed unsafe class RowCodes(Metric metric, int dimensions) : IDisposable
{
    /// <summary>With fewer components a float scan is as fast; with many more, a query has too few bits.</summary>
    public const int FewestDimensions = 64, MostDimensions = 1 << 15;

    private NativeArray<byte> _bytes = new(0);
    private NativeArray<float> _offsets = new(0);
    private NativeArray<float> _steps = new(0);
    private NativeArray<float> _errors = new(0);
    private NativeArray<float> _lengths = new(0);

    public long Bytes => _bytes.Bytes + _offsets.Bytes + _steps.Bytes + _errors.Bytes + _lengths.Bytes;

    private byte* this[int row] => _bytes.Pointer + ((long)row * dimensions);

    /// <summary>The codes from row <paramref name="first"/> on.</summary>
    public CodeBlock Block(int first) =>
        new(this[first], _offsets.Pointer + first, _steps.Pointer + first, _errors.Pointer + first, _lengths.Pointer + first);

    public void Grow(int capacity, int used)
    {
        FlatRows.Grow(ref _bytes, (long)capacity * dimensions, (long)used * dimensions);
        FlatRows.Grow(ref _offsets, capacity, used);
        FlatRows.Grow(ref _steps, capacity, used);
        FlatRows.Grow(ref _errors, capacity, used);
        FlatRows.Grow(ref _lengths, capacity, used);
    }

    /// <summary>Maps the codes of a file.</summary>
    public void Map(FlatSections sections, int count)
    {
        _bytes = sections.Values<byte>(FlatSections.Codes, count, dimensions);
        _offsets = sections.Values<float>(FlatSections.CodeOffsets, count, 1);
        _steps = sections.Values<float>(FlatSections.CodeSteps, count, 1);
        _errors = sections.Values<float>(FlatSections.CodeErrors, count, 1);
        _lengths = sections.Values<float>(FlatSections.CodeLengths, count, 1);
    }

    /// <summary>Writes the sections for <see cref="Map"/>.</summary>
    public void Save(IndexFileWriter writer, int count)
    {
        FlatSections.Write(writer, FlatSections.Codes, _bytes, (long)count * dimensions);
        FlatSections.Write(writer, FlatSections.CodeOffsets, _offsets, count);
        FlatSections.Write(writer, FlatSections.CodeSteps, _steps, count);
        FlatSections.Write(writer, FlatSections.CodeErrors, _errors, count);
        FlatSections.Write(writer, FlatSections.CodeLengths, _lengths, count);
    }

    public void Write(int row, ReadOnlySpan<float> vector)
    {
        var scale = stackalloc float[2];
        Int8Format.Write(vector, this[row], scale);
        (_offsets[row], _steps[row]) = (scale[0], scale[1]);
        var (error, kept, length) = (0.0, 0.0, 0.0);
        for (var i = 0; i < vector.Length; i++)
        {
            var near = scale[0] + ((double)scale[1] * this[row][i]);
            error += (vector[i] - near) * (vector[i] - near);
            kept += near * near;
            length += (double)vector[i] * vector[i];
        }

        // The sums of squares have a relative error of d · 2⁻⁵³, the roundings to float 2⁻²⁴.
        _errors[row] = (float)((Math.Sqrt(error) * 1.000001) + float.Epsilon);
        _lengths[row] = length >= (double)NumberRows.LongestInProducts * NumberRows.LongestInProducts ? float.NaN
            : metric == Metric.L2 ? (float)kept
            : (float)((Math.Sqrt(length) * 1.000001) + float.Epsilon);
    }

    public void Move(int from, int to)
    {
        new ReadOnlySpan<byte>(this[from], dimensions).CopyTo(new Span<byte>(this[to], dimensions));
        (_offsets[to], _steps[to], _errors[to], _lengths[to]) = (_offsets[from], _steps[from], _errors[from], _lengths[from]);
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _offsets.Dispose();
        _steps.Dispose();
        _errors.Dispose();
        _lengths.Dispose();
    }
}
