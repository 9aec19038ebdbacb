using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Analysis.Projections;

/// <summary>Activation functions and their derivatives.</summary>
internal static class Activations
{
    private const float Root = 0.7978845608f; // √(2 / π)
    private const float Cubic = 0.044715f;

    /// <summary>target = f(x); target may be x itself.</summary>
    public static void Apply(Activation activation, ReadOnlySpan<float> x, Span<float> target)
    {
        if (activation == Activation.Relu)
        {
            for (var i = 0; i < x.Length; i++)
            {
                target[i] = Math.Max(0, x[i]);
            }

            return;
        }

        for (var i = 0; i < x.Length; i++)
        {
            target[i] = 0.5f * x[i] * (1 + MathF.Tanh(Root * (x[i] + (Cubic * x[i] * x[i] * x[i]))));
        }
    }

    /// <summary>gradient = gradient · f′(x).</summary>
    public static void Back(Activation activation, ReadOnlySpan<float> x, Span<float> gradient)
    {
        if (activation == Activation.Relu)
        {
            BackRelu(x, gradient);
            return;
        }

        for (var i = 0; i < x.Length; i++)
        {
            var tanh = MathF.Tanh(Root * (x[i] + (Cubic * x[i] * x[i] * x[i])));
            gradient[i] *= (0.5f * (1 + tanh)) + (0.5f * x[i] * (1 - (tanh * tanh)) * Root * (1 + (3 * Cubic * x[i] * x[i])));
        }
    }

    private static void BackRelu(ReadOnlySpan<float> x, Span<float> gradient)
    {
        var inputs = MemoryMarshal.Cast<float, Vector<float>>(x);
        var slopes = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        for (var i = 0; i < inputs.Length; i++)
        {
            slopes[i] = Vector.ConditionalSelect(Vector.GreaterThan(inputs[i], Vector<float>.Zero), slopes[i], Vector<float>.Zero);
        }

        for (var i = inputs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            gradient[i] = x[i] > 0 ? gradient[i] : 0;
        }
    }
}
