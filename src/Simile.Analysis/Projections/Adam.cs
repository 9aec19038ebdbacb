using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Analysis.Projections;

/// <summary>Adam (Kingma and Ba 2015) for one block of parameters.</summary>
internal sealed class Adam(int count)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _first = new float[count];
    private readonly float[] _second = new float[count];
    private int _steps;

    /// <summary>Updates the parameters by one Adam step.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate)
    {
        _steps++;
        var rate = (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, _steps)) / (1 - Math.Pow(Beta1, _steps)));
        var p = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var m = MemoryMarshal.Cast<float, Vector<float>>(_first.AsSpan());
        var v = MemoryMarshal.Cast<float, Vector<float>>(_second.AsSpan());
        for (var i = 0; i < p.Length; i++)
        {
            m[i] = (Beta1 * m[i]) + ((1 - Beta1) * g[i]);
            v[i] = (Beta2 * v[i]) + ((1 - Beta2) * g[i] * g[i]);
            p[i] -= rate * m[i] / (Vector.SquareRoot(v[i]) + new Vector<float>(Epsilon));
        }

        for (var i = p.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            _first[i] = (Beta1 * _first[i]) + ((1 - Beta1) * gradient[i]);
            _second[i] = (Beta2 * _second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            parameters[i] -= rate * _first[i] / (MathF.Sqrt(_second[i]) + Epsilon);
        }
    }
}
