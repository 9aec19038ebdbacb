using System.Numerics.Tensors;

namespace Simile.Models;

/// <summary>Token vectors to one vector, as sentence-transformers' Pooling module does it.</summary>
internal static partial class Pooling
{
    /// <summary>Divides a vector by its length, as torch's normalize does: a vector shorter than 1e-12 is left as good as zero.</summary>
    public static void Normalize(Span<float> vector) =>
        TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm<float>(vector), 1e-12f), vector);
}
