using System.Numerics.Tensors;

namespace Simile.Models;

/// <summary>Probabilities out of the numbers of a network.</summary>
internal static class Softmax
{
    /// <summary>exp(x) of each, divided by their sum; nothing for nothing.</summary>
    /// <remarks>The greatest is taken away first: the reference's own softmax does so, that of TensorPrimitives does not, and is NaN from 89 on.</remarks>
    /// <param name="logits">The numbers, of any size.</param>
    /// <param name="probabilities">As many; may be the same memory.</param>
    public static void Of(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        if (!logits.IsEmpty)
        {
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
            TensorPrimitives.SoftMax(probabilities, probabilities);
        }
    }
}
