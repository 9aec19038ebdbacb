using System.Numerics.Tensors;

namespace Simile.Models.Onnx.Operators;

/// <summary>The rows of a product: scale · numbers + bias. Scales (one per row) and bias (one per column) are optional.</summary>
internal readonly unsafe struct RowInputs(float* numbers, float* scales, float* bias, int length)
{
    /// <summary>Number of rows of a value.</summary>
    public static long Count(long[] shape)
    {
        var rows = 1L;
        foreach (var size in shape.AsSpan(0, shape.Length - 1))
        {
            rows *= size;
        }

        return rows;
    }

    /// <summary>Writes one row, or the part from a column on.</summary>
    public void Read(long row, Span<float> target, int column = 0)
    {
        var source = new ReadOnlySpan<float>(numbers + (row * length) + column, target.Length);
        var scale = scales is null ? 1 : scales[row];
        if (bias is not null)
        {
            TensorPrimitives.MultiplyAdd(source, scale, new ReadOnlySpan<float>(bias + column, target.Length), target);
        }
        else
        {
            TensorPrimitives.Multiply(source, scale, target);
        }
    }
}
