using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Analysis.Projections;

/// <summary>The attractive forces between neighbors in t-SNE.</summary>
internal static class Attraction
{
    /// <summary>Σⱼ pᵢⱼ wᵢⱼ (yᵢ − yⱼ) of one point, w = 1 / (1 + d²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float X, float Y) Of(Affinities p, float[] xs, float[] ys, int place)
    {
        var (fx, fy) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (x, y) = (Vector256.Create(xs[place]), Vector256.Create(ys[place]));
        for (var at = p.Starts[place]; at < p.Starts[place + 1]; at += Affinities.Lanes)
        {
            var (dx, dy) = (x - Gather(xs, p.Columns, at), y - Gather(ys, p.Columns, at));
            var weight = Vector256.LoadUnsafe(ref p.Weights[at]) / (Vector256<float>.One + (dx * dx) + (dy * dy));
            fx += weight * dx;
            fy += weight * dy;
        }

        return (Vector256.Sum(fx), Vector256.Sum(fy));
    }

    /// <summary>The Kullback-Leibler divergence Σ p log (p / q), q = w / z.</summary>
    public static double Divergence(Affinities p, float[] xs, float[] ys, double z, ParallelOptions parallel)
    {
        var rows = new double[p.Count];
        Parallel.For(0, p.Count, parallel, i =>
        {
            for (var at = p.Starts[i]; at < p.Starts[i + 1]; at++)
            {
                double weight = p.Weights[at];
                if (weight > 0)
                {
                    double dx = xs[i] - xs[p.Columns[at]], dy = ys[i] - ys[p.Columns[at]];
                    rows[i] += weight * Math.Log(weight * z * (1 + (dx * dx) + (dy * dy)));
                }
            }
        });
        return rows.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Gather(float[] values, int[] columns, int at)
    {
        if (Avx2.IsSupported)
        {
            fixed (float* source = values)
            {
                return Avx2.GatherVector256(source, Vector256.LoadUnsafe(ref columns[at]), sizeof(float));
            }
        }

        return Vector256.Create(
            values[columns[at]], values[columns[at + 1]], values[columns[at + 2]], values[columns[at + 3]],
            values[columns[at + 4]], values[columns[at + 5]], values[columns[at + 6]], values[columns[at + 7]]);
    }
}
