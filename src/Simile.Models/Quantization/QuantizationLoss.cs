using System.Diagnostics;
using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Compares a quantized model with its original on texts.</summary>
/// <param name="Texts">Number of texts.</param>
/// <param name="MeanCosine">The mean cosine between a text's two vectors.</param>
/// <param name="LowestCosine">The lowest of these cosines.</param>
/// <param name="Correlation">The Pearson correlation between the cosines of all pairs of texts in both models.</param>
/// <param name="Speed">Texts per second relative to the original. Measured alternately, best of three.</param>
public sealed record QuantizationLoss(int Texts, double MeanCosine, double LowestCosine, double Correlation, double Speed)
{
    private const int Rounds = 3;

    /// <summary>Embeds the texts with both models, one after the other, and compares vectors and speed.</summary>
    /// <param name="original">The original model.</param>
    /// <param name="quantized">The quantized model.</param>
    /// <param name="texts">At least two texts.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    /// <exception cref="ArgumentException">There are fewer than two texts, or the dimensions differ.</exception>
    public static QuantizationLoss Measure(
        TextEmbedder original, TextEmbedder quantized, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(quantized);
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count < 2)
        {
            throw new ArgumentException($"{texts.Count} texts are too few for a comparison: give two or more.", nameof(texts));
        }

        if (original.Dimensions != quantized.Dimensions)
        {
            throw new ArgumentException(
                $"Vectors of {original.Dimensions} and {quantized.Dimensions} components are not of the same model.", nameof(quantized));
        }

        var (before, slow) = Embed(original, texts, cancellationToken);
        var (after, fast) = Embed(quantized, texts, cancellationToken);
        for (var round = 1; round < Rounds; round++)
        {
            slow = Math.Min(slow, Embed(original, texts, cancellationToken).Seconds);
            fast = Math.Min(fast, Embed(quantized, texts, cancellationToken).Seconds);
        }

        var cosines = new double[texts.Count];
        for (var i = 0; i < cosines.Length; i++)
        {
            cosines[i] = VectorMath.Cosine(before[i], after[i]);
        }

        return new QuantizationLoss(texts.Count, cosines.Average(), cosines.Min(), Correlate(Pairs(before), Pairs(after)), slow / fast);
    }

    private static (VectorMatrix Vectors, double Seconds) Embed(
        TextEmbedder model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var vectors = model.Embed(texts, cancellationToken: cancellationToken);
        return (vectors, clock.Elapsed.TotalSeconds);
    }

    private static double[] Pairs(VectorMatrix vectors)
    {
        var cosines = new List<double>();
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                cosines.Add(VectorMath.Cosine(vectors[i], vectors[j]));
            }
        }

        return [.. cosines];
    }

    private static double Correlate(double[] a, double[] b)
    {
        TensorPrimitives.Subtract<double>(a, a.Average(), a);
        TensorPrimitives.Subtract<double>(b, b.Average(), b);
        var lengths = TensorPrimitives.Norm<double>(a) * TensorPrimitives.Norm<double>(b);
        return lengths > 0 ? TensorPrimitives.Dot<double>(a, b) / lengths : 1;
    }
}
