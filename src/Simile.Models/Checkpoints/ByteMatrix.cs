using System.Numerics.Tensors;

namespace Simile.Models.Checkpoints;

/// <summary>A matrix of bytes with one scale per row.</summary>
internal static class ByteMatrix
{
    /// <summary>The largest byte. With 7 bits, sums of products overflow on no processor. The activations have 8 bits.</summary>
    public const int Largest = 64;

    /// <summary>Rounds each row to multiples of its scale. A zero row has the scale 1.</summary>
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
