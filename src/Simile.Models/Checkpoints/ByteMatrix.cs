using System.Numerics.Tensors;

namespace Simile.Models.Checkpoints;

/// <summary>A matrix as bytes, each row by its own scale.</summary>
internal static class ByteMatrix
{
    /// <summary>The largest byte: with 7 bits no processor's sums of products overflow, and the loss is that of x, which has 8.</summary>
    public const int Largest = 64;

    /// <summary>Rounds each row to whole multiples of its scale; a row of zeros has the scale 1.</summary>
    /// <param name="numbers">rows × columns.</param>
    /// <param name="rows">Number of rows.</param>
    public static (sbyte[] Bytes, float[] Scales) Round(ReadOnlySpan<float> numbers, int rows)
    {
        var (bytes, scales) = (new sbyte[numbers.Length], new float[rows]);
        var columns = numbers.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            var values = numbers.Slice(row * columns, columns);
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude(values));
            scales[row] = largest > 0 ? largest / Largest : 1;
            for (var i = 0; i < columns; i++)
            {
                bytes[(row * columns) + i] = (sbyte)MathF.Round(values[i] / scales[row]);
            }
        }

        return (bytes, scales);
    }
}
