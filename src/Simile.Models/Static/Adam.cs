using System.Numerics;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>The Adam optimizer (Kingma and Ba 2015) with β₁ = .9, β₂ = .999, ε = 1e-8.</summary>
/// <remarks>The result does not depend on the number of threads, because every parameter is updated separately.</remarks>
internal sealed class Adam(int count)
{
    private const float Beta1 = .9f;
    private const float Beta2 = .999f;
    private const float Epsilon = 1e-8f;
    private const int Slice = 1 << 16;
    private readonly float[] _mean = new float[count];
    private readonly float[] _square = new float[count];
    private int _steps;

    /// <summary>Updates the parameters and clears the gradient.</summary>
    public void Step(VectorMatrix parameters, VectorMatrix gradient, float rate)
    {
        _steps++;
        var correction = MathF.Sqrt(1 - MathF.Pow(Beta2, _steps)) / (1 - MathF.Pow(Beta1, _steps));
        Parallel.For(0, (_mean.Length + Slice - 1) / Slice, slice =>
        {
            var start = slice * Slice;
            var length = Math.Min(Slice, _mean.Length - start);
            StepSlice(
                parameters.AsSpan().Slice(start, length),
                gradient.AsSpan().Slice(start, length),
                _mean.AsSpan(start, length),
                _square.AsSpan(start, length),
                rate * correction);
        });
    }

    private static void StepSlice(Span<float> parameters, Span<float> gradient, Span<float> mean, Span<float> square, float rate)
    {
        var i = 0;
        for (; i <= parameters.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = new Vector<float>(mean[i..]) * Beta1 + (g * (1 - Beta1));
            var v = new Vector<float>(square[i..]) * Beta2 + (g * g * (1 - Beta2));
            var p = new Vector<float>(parameters[i..]) - (m * rate / (Vector.SquareRoot(v) + new Vector<float>(Epsilon)));
            m.CopyTo(mean[i..]);
            v.CopyTo(square[i..]);
            p.CopyTo(parameters[i..]);
        }

        for (; i < parameters.Length; i++)
        {
            mean[i] = (mean[i] * Beta1) + (gradient[i] * (1 - Beta1));
            square[i] = (square[i] * Beta2) + (gradient[i] * gradient[i] * (1 - Beta2));
            parameters[i] -= mean[i] * rate / (MathF.Sqrt(square[i]) + Epsilon);
        }

        gradient.Clear();
    }
}
