namespace Simile.Models.Checkpoints;

/// <summary>
/// Connects byte matrices to the scales of their rows: the tensor <c>X </c>, int8 [rows, columns], and <c>X_scale </c>, [rows] or [rows,
/// 1], with the names of compressed-tensors ("int-quantized", symmetric, one scale per channel).
/// </summary>
internal static class ByteScales
{
    /// <summary>The same tensors; byte matrices have their scales.</summary>
    /// <exception cref="InvalidDataException">
    /// The number of scales differs from the number of rows, or a scale is not above zero.
    /// </exception>
    /// <exception cref="NotSupportedException">A matrix has a zero point.</exception>
    public static IReadOnlyDictionary<string, Tensor> Attach(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var scaled =
            tensors.Values.Where(t => t is { Type: DType.I8, Scales: null, Shape.Length: 2 } && tensors.ContainsKey(t.Name + "_scale"))
                .ToArray();
        if (scaled.Length == 0)
        {
            return tensors;
        }

        var all = new Dictionary<string, Tensor>(tensors);
        foreach (var tensor in scaled)
        {
            if (tensors.ContainsKey(tensor.Name + "_zero_point"))
            {
                throw new NotSupportedException(
                    $"Tensor {tensor.Name} has a zero point, which is not supported: only symmetric quantization is.");
            }

            all[tensor.Name] = tensor.Scaled(Read(tensor, tensors[tensor.Name + "_scale"]));
        }

        return all;
    }

    private static float[] Read(Tensor tensor, Tensor scale)
    {
        var rows = tensor.Shape[0];
        var scales = scale.Length == rows && scale.Shape is [_] or [_, 1] ? scale.ToFloats().ToArray()
            : throw new InvalidDataException(
                $"Tensor {tensor.Name} has {rows} rows of bytes, but {scale.Name} has the shape [{string.Join(", ", scale.Shape)}]: "
                + "there must be one scale for each row.");
        return Array.TrueForAll(scales, s => s > 0 && float.IsFinite(s)) ? scales
            : throw new InvalidDataException($"Tensor {scale.Name} is damaged: a scale is not a number above zero.");
    }
}
