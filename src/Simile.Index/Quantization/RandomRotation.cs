using System.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// A random orthogonal rotation in d log d steps: random sign flips, then a Walsh-Hadamard transform over the first or the last 2ᵏ
/// dimensions, four times.
/// </summary>
internal sealed class RandomRotation
{
    private const int Rounds = 4;

    private readonly float[][] _signs;
    private readonly int _width;

    public RandomRotation(int dimensions, int seed)
    {
        var random = new Random(seed);
        _width = 1 << BitOperations.Log2((uint)dimensions);
        _signs = [.. Enumerable.Range(0, Rounds)
            .Select(_ => Enumerable.Range(0, dimensions).Select(_ => random.Next(2) == 0 ? -1f : 1f).ToArray())];
    }

    /// <summary>Rotates a vector in place.</summary>
    public void Apply(Span<float> vector)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Flip(vector, _signs[round]);
            Transform(Part(vector, round));
        }
    }

    /// <summary>Applies the inverse rotation in place.</summary>
    public void Undo(Span<float> vector)
    {
        for (var round = Rounds - 1; round >= 0; round--)
        {
            Transform(Part(vector, round));
            Flip(vector, _signs[round]);
        }
    }

    private Span<float> Part(Span<float> vector, int round) => round % 2 == 0 ? vector[.._width] : vector[^_width..];

    private static void Flip(Span<float> vector, float[] signs)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= signs[i];
        }
    }

    // Orthonormal and its own inverse.
    private static void Transform(Span<float> part)
    {
        for (var half = 1; half < part.Length; half *= 2)
        {
            for (var from = 0; from < part.Length; from += 2 * half)
            {
                for (var i = from; i < from + half; i++)
                {
                    (part[i], part[i + half]) = (part[i] + part[i + half], part[i] - part[i + half]);
                }
            }
        }

        var scale = 1 / MathF.Sqrt(part.Length);
        foreach (ref var value in part)
        {
            value *= scale;
        }
    }
}
