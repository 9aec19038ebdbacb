using System.Numerics.Tensors;

namespace Simile.Models;

/// <summary>How the vectors of a text's tokens become one vector.</summary>
internal enum PoolingMode
{
    /// <summary>The first token's.</summary>
    Cls,

    /// <summary>The greatest number of each component.</summary>
    Max,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The sum, divided by the square root of the count.</summary>
    MeanSqrtLength,

    /// <summary>The mean weighted by position: 1, 2, 3, …</summary>
    WeightedMean,

    /// <summary>The last token's.</summary>
    LastToken,
}

/// <summary>Token vectors to one vector, as sentence-transformers' Pooling module does it.</summary>
/// <param name="Modes">Several give as many vectors, one after the other.</param>
/// <param name="IncludePrompt">Whether the tokens of a prompt are pooled with the text's.</param>
internal sealed record Pooling(IReadOnlyList<PoolingMode> Modes, bool IncludePrompt)
{
    /// <summary>What sentence-transformers does with a folder that says nothing.</summary>
    public static Pooling Default { get; } = new([PoolingMode.Mean], true);

    /// <summary>Pools one text.</summary>
    /// <param name="tokens">Vectors of its tokens, without padding, one after the other.</param>
    /// <param name="skip">Tokens at the beginning that are left out.</param>
    /// <param name="width">Components of each token's vector.</param>
    /// <param name="vector">Modes × width numbers.</param>
    public void Pool(ReadOnlySpan<float> tokens, int skip, int width, Span<float> vector)
    {
        var count = tokens.Length / width;
        if (count == 0)
        {
            vector.Clear(); // an empty text, by a tokenizer that adds nothing
            return;
        }

        skip = Math.Min(skip, count);
        for (var i = 0; i < Modes.Count; i++)
        {
            var target = vector.Slice(i * width, width);
            switch (Modes[i])
            {
                case PoolingMode.Cls:
                    tokens[..width].CopyTo(target);
                    break;
                case PoolingMode.LastToken:
                    tokens[((count - 1) * width)..].CopyTo(target);
                    break;
                case PoolingMode.Max:
                    Max(tokens[(skip * width)..], target);
                    break;
                default:
                    WeightedSum(tokens, skip, Modes[i], target);
                    break;
            }
        }
    }

    /// <summary>Divides a vector by its length, as torch's normalize does: a vector shorter than 1e-12 is left as good as zero.</summary>
    public static void Normalize(Span<float> vector) =>
        TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm<float>(vector), 1e-12f), vector);

    private static void Max(ReadOnlySpan<float> tokens, Span<float> target)
    {
        target.Fill(-1e9f); // what the reference puts in the place of masked tokens
        for (var at = 0; at < tokens.Length; at += target.Length)
        {
            TensorPrimitives.Max(target, tokens.Slice(at, target.Length), target);
        }
    }

    private static void WeightedSum(ReadOnlySpan<float> tokens, int skip, PoolingMode mode, Span<float> target)
    {
        target.Clear();
        var total = 0f;
        for (var t = skip; t < tokens.Length / target.Length; t++)
        {
            var weight = mode == PoolingMode.WeightedMean ? t + 1f : 1f;
            TensorPrimitives.MultiplyAdd(tokens.Slice(t * target.Length, target.Length), weight, target, target);
            total += weight;
        }

        total = Math.Max(total, 1e-9f);
        TensorPrimitives.Divide(target, mode == PoolingMode.MeanSqrtLength ? MathF.Sqrt(total) : total, target);
    }
}
