using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Analysis.Projections;

/// <summary>Vectors of doubles: dot products and sums.</summary>
internal static class DoubleSpan
{
    /// <summary>Σ xᵢ yᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y[..x.Length]);
        Vector<double> s0 = default, s1 = default;
        var i = 0;
        for (; i < xs.Length - 1; i += 2)
        {
            s0 += xs[i] * ys[i];
            s1 += xs[i + 1] * ys[i + 1];
        }

        for (; i < xs.Length; i++)
        {
            s0 += xs[i] * ys[i];
        }

        var sum = Vector.Sum(s0 + s1);
        for (i *= Vector<double>.Count; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>target += a · x.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> target)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ts = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (var i = 0; i < ts.Length; i++)
        {
            ts[i] += a * xs[i];
        }

        for (var i = ts.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += a * x[i];
        }
    }

    /// <summary>target += a · x + b · y, and the dot product of the new target with z.</summary>
    public static double AddScaledThenDot(
        double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y, Span<double> target, ReadOnlySpan<double> z)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        var zs = MemoryMarshal.Cast<double, Vector<double>>(z);
        var ts = MemoryMarshal.Cast<double, Vector<double>>(target);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < ts.Length; i++)
        {
            var t = ts[i] + (a * xs[i]) + (b * ys[i]);
            ts[i] = t;
            sums += t * zs[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = ts.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += (a * x[i]) + (b * y[i]);
            sum += target[i] * z[i];
        }

        return sum;
    }

    /// <summary>x = x · a.</summary>
    public static void Scale(double a, Span<double> x)
    {
        foreach (ref var value in x)
        {
            value *= a;
        }
    }
}
