using System.Numerics.Tensors;

namespace Simile.Models;

/// <summary>How token vectors are combined into a text's vector.</summary>
internal enum PoolingMode
{
    /// <summary>The first token (CLS).</summary>
    Cls,

    /// <summary>The maximum of each component.</summary>
    Max,

    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The sum divided by the square root of the count.</summary>
    MeanSqrtLength,

    /// <summary>The mean weighted by position: 1, 2, 3, ….</summary>
    WeightedMean,

    /// <summary>The last token.</summary>
    LastToken,
}

/// <summary>Pools token vectors as in sentence-transformers' Pooling module.</summary>
/// <param name="Modes">With several modes, their vectors are concatenated.</param>
/// <param name="IncludePrompt">Whether the tokens of a prompt are included.</param>
internal sealed record Pooling(IReadOnlyList<PoolingMode> Modes, bool IncludePrompt)
{
    /// <summary>sentence-transformers' default for a folder without settings.</summary>
    public static Pooling Default { get; } = new([PoolingMode.Mean], true);

    /// <summary>Pools one text.</summary>
    /// <param name="tokens">The vectors of its tokens, without padding, concatenated.</param>
    /// <param name="skip">Number of tokens to skip at the start.</param>
    /// <param name="width">Components per token vector.</param>
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

    /// <summary>Divides a vector by its length, as torch's normalize: a vector shorter than 1e-12 is divided by 1e-12.</summary>
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
