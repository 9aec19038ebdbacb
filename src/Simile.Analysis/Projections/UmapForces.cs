using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Analysis.Projections;

/// <summary>
/// The forces on one point in one epoch of UMAP: attraction by sampled neighbors, and repulsion by random negative samples for each.
/// </summary>
/// <remarks>
/// umap-learn applies one edge after another, so the result would depend on the threads. Here all forces on a point are summed and use the
/// positions of the previous epoch, so points can be moved in parallel. The step is implicit in the attraction: (attraction + repulsion) /
/// (1 + rate · stiffness). It has the fixed points of the gradient, and does not overshoot if many neighbors attract at once.
/// </remarks>
internal readonly struct UmapForces(double a, double b, double repulsion, int negativeSamples, int seed)
{
    private const float Clip = 4;
    private readonly float _a = (float)a;
    private readonly float _b = (float)b;
    private readonly float _repulsion = (float)repulsion;

    /// <summary>The new position of a point.</summary>
    /// <param name="x">Its current x coordinate.</param>
    /// <param name="y">Its current y coordinate.</param>
    /// <param name="columns">Its neighbors; the count is a multiple of <see cref="Affinities.Lanes"/>.</param>
    /// <param name="rates">The fraction of epochs in which each neighbor attracts.</param>
    /// <param name="xs">The x coordinates of all points.</param>
    /// <param name="ys">The y coordinates of all points.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="rate">The learning rate in this epoch.</param>
    /// <param name="stream">The random stream: together with the seed and the epoch it determines the random numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (float X, float Y) Move(
        float x, float y, ReadOnlySpan<int> columns, ReadOnlySpan<float> rates, float[] xs, float[] ys, int epoch, float rate, int stream)
    {
        var (ownX, ownY) = (Vector256.Create(x), Vector256.Create(y));
        Vector256<float> forceX = default, forceY = default, stiffness = default, due = default;
        for (var at = 0; at < columns.Length; at += Affinities.Lanes)
        {
            var turn = Turn(Vector256.Create(rates.Slice(at, Affinities.Lanes)), epoch);
            var neighbors = Vector256.Create(columns.Slice(at, Affinities.Lanes));
            var (dx, dy) = (Gather(xs, neighbors) - ownX, Gather(ys, neighbors) - ownY);
            var pull = turn * Pull((dx * dx) + (dy * dy));
            due += turn;
            stiffness += pull;
            forceX += pull * dx;
            forceY += pull * dy;
        }

        Push(ownX, ownY, xs, ys, (int)Vector256.Sum(due) * negativeSamples, epoch, stream, ref forceX, ref forceY);
        var step = rate / (1 + (rate * Vector256.Sum(stiffness)));
        return (x + (step * Vector256.Sum(forceX)), y + (step * Vector256.Sum(forceY)));
    }

    // 1 if a neighbor is sampled in this epoch, given the fraction of epochs in which it attracts, else 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Turn(Vector256<float> rates, int epoch) =>
        Vector256.Floor(rates * Vector256.Create(epoch + 1f)) - Vector256.Floor(rates * Vector256.Create((float)epoch));

    // Twice the force that umap-learn applies to one end, because umap-learn samples each edge from both ends and moves both ends each
    // time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Pull(Vector256<float> square)
    {
        var power = VectorPower.Raise(square, Vector256.Create(_b));
        var pull = Vector256.Create(4 * _a * _b) * power / (square * (Vector256<float>.One + (Vector256.Create(_a) * power)));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(square, Vector256<float>.Zero), pull, Vector256<float>.Zero);
    }

    private void Push(
        Vector256<float> x,
        Vector256<float> y,
        float[] xs,
        float[] ys,
        int count,
        int epoch,
        int stream,
        ref Vector256<float> forceX,
        ref Vector256<float> forceY)
    {
        var (sumX, sumY) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var drawn = 0; drawn < count; drawn += Affinities.Lanes)
        {
            var others = RandomNumbers.Below(xs.Length, seed, stream, epoch, drawn);
            var (dx, dy) = (x - Gather(xs, others), y - Gather(ys, others));
            var square = (dx * dx) + (dy * dy);
            var power = VectorPower.Raise(square, Vector256.Create(_b));
            var push = Vector256.Create(2 * _repulsion * _b)
                / ((Vector256.Create(0.001f) + square) * (Vector256<float>.One + (Vector256.Create(_a) * power)));
            var counted = Vector256.ConvertToSingle(
                Vector256.LessThan(Vector256.Create(drawn) + Vector256<int>.Indices, Vector256.Create(count)) & Vector256<int>.One);
            sumX += counted * Clamp(push * dx);
            sumY += counted * Clamp(push * dy);
        }

        forceX += sumX;
        forceY += sumY;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> force) =>
        Vector256.Min(Vector256.Max(force, Vector256.Create(-Clip)), Vector256.Create(Clip));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Gather(float[] values, Vector256<int> indices)
    {
        if (Avx2.IsSupported)
        {
            fixed (float* source = values)
            {
                return Avx2.GatherVector256(source, indices, sizeof(float));
            }
        }

        return Vector256.Create(
            values[indices[0]], values[indices[1]], values[indices[2]], values[indices[3]],
            values[indices[4]], values[indices[5]], values[indices[6]], values[indices[7]]);
    }
}
