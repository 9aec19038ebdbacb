using System.Numerics.Tensors;

namespace Simile.Models;

/// <summary>The softmax function.</summary>
internal static class Softmax
{
    /// <summary>exp(x) divided by the sum of all; empty for no numbers.</summary>
    /// <remarks>Subtracts the maximum first, as the reference does. TensorPrimitives does not, and gives NaN from 89 on.</remarks>
    /// <param name="logits">The inputs, of any magnitude.</param>
    /// <param name="probabilities">Receives the probabilities. May be the same memory.</param>
    public static void Of(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        if (!logits.IsEmpty)
        {
            TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
            TensorPrimitives.SoftMax(probabilities, probabilities);
        }
    }
}
