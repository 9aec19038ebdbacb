using System.Numerics;

namespace Simile.Numerics.Kernels;

/// <summary>Component-wise operations: component i of the result depends only on component i of the inputs.</summary>
/// <remarks>Memory-bound, so one width is enough: that of <see cref="Vector{T}"/>.</remarks>
internal static class Elementwise
{
    /// <summary>target = a · x + b · y. Target may be x or y itself.</summary>
    public static void Combine(float a, ReadOnlySpan<float> x, float b, ReadOnlySpan<float> y, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((a * new Vector<float>(x[i..])) + (b * new Vector<float>(y[i..]))).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = (a * x[i]) + (b * y[i]);
        }
    }

    /// <summary>target = a · x. Target may be x itself.</summary>
    public static void Scale(float a, ReadOnlySpan<float> x, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (a * new Vector<float>(x[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = a * x[i];
        }
    }

    /// <summary>Whether every component is finite: neither NaN nor an infinity.</summary>
    public static bool AllFinite(ReadOnlySpan<float> x)
    {
        // x · 0 is 0 for a finite x and NaN otherwise, and NaN stays in the sum.
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(x[i..]) * Vector<float>.Zero;
        }

        var rest = Vector.Sum(sum);
        for (; i < x.Length; i++)
        {
            rest += x[i] * 0;
        }

        return rest == 0;
    }
}
