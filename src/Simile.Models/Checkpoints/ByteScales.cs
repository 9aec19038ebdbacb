namespace Simile.Models.Checkpoints;

/// <summary>
/// Gives matrices of bytes the scales of their rows: the tensor <c>X</c> of int8 [rows, columns] and <c>X_scale</c> [rows] or [rows, 1], as
/// compressed-tensors names them ("int-quantized", symmetric, a scale for each channel).
/// </summary>
internal static class ByteScales
{
    /// <summary>The same tensors, those of bytes with their scales.</summary>
    /// <exception cref="InvalidDataException">There are not as many scales as rows, or one is not a number above zero.</exception>
    /// <exception cref="NotSupportedException">A matrix has a zero point.</exception>
    public static IReadOnlyDictionary<string, Tensor> Attach(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var scaled = tensors.Values.Where(t => t is { Type: DType.I8, Scales: null, Shape.Length: 2 } && tensors.ContainsKey(t.Name + "_scale")).ToArray();
        if (scaled.Length == 0)
        {
            return tensors;
        }

        var all = new Dictionary<string, Tensor>(tensors);
        foreach (var tensor in scaled)
        {
            if (tensors.ContainsKey(tensor.Name + "_zero_point"))
            {
                throw new NotSupportedException($"Tensor {tensor.Name} has a zero point: bytes that stand for numbers around another middle than zero are not read.");
            }

            all[tensor.Name] = tensor.Scaled(Read(tensor, tensors[tensor.Name + "_scale"]));
        }

        return all;
    }

    private static float[] Read(Tensor tensor, Tensor scale)
    {
        var rows = tensor.Shape[0];
        var scales = scale.Length == rows && scale.Shape is [_] or [_, 1] ? scale.ToFloats().ToArray()
            : throw new InvalidDataException($"Tensor {tensor.Name} has {rows} rows of bytes, but {scale.Name} has the shape [{string.Join(", ", scale.Shape)}]: there must be one scale for each row.");
        return Array.TrueForAll(scales, s => s > 0 && float.IsFinite(s)) ? scales
            : throw new InvalidDataException($"Tensor {scale.Name} is damaged: a scale is not a number above zero.");
    }
}
