using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Analysis.Projections;

/// <summary>
/// What pulls and pushes one place in one epoch of UMAP: neighbors whose turn it is, and others at random for each of them.
/// </summary>
/// <remarks>
/// umap-learn moves places one pull after another, in an order that threads would change. Here all pulls and pushes of a place act together
/// on the places of the epoch before, so that places can be moved side by side, and the step is implicit in the pull: (pull + push) / (1 +
/// rate · stiffness). Its fixed points are those of the gradient, and it does not overshoot where many neighbors pull at once.
/// </remarks>
internal readonly struct UmapForces(double a, double b, double repulsion, int negativeSamples, int seed)
{
    private const float Clip = 4;
    private readonly float _a = (float)a;
    private readonly float _b = (float)b;
    private readonly float _repulsion = (float)repulsion;

    /// <summary>Where a place goes.</summary>
    /// <param name="x">Where it is.</param>
    /// <param name="y">Where it is.</param>
    /// <param name="columns">Its neighbors, a multiple of <see cref="Affinities.Lanes"/>.</param>
    /// <param name="rates">The share of epochs in which each of them pulls.</param>
    /// <param name="xs">The places of the others.</param>
    /// <param name="ys">The places of the others.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="rate">The length of steps in this epoch.</param>
    /// <param name="stream">Says, with the seed and the epoch, which numbers are drawn.</param>
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

    // 1 where a neighbor that pulls in a share of the epochs has its turn, else 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Turn(Vector256<float> rates, int epoch) =>
        Vector256.Floor(rates * Vector256.Create(epoch + 1f)) - Vector256.Floor(rates * Vector256.Create((float)epoch));

    // Twice what umap-learn applies to one end: there each pair is drawn from both ends, and each time both ends move.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Pull(Vector256<float> square)
    {
        var power = VectorPower.Raise(square, Vector256.Create(_b));
        var pull = Vector256.Create(4 * _a * _b) * power / (square * (Vector256<float>.One + (Vector256.Create(_a) * power)));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(square, Vector256<float>.Zero), pull, Vector256<float>.Zero);
    }

    private void Push(
        Vector256<float> x, Vector256<float> y, float[] xs, float[] ys, int count, int epoch, int stream, ref Vector256<float> forceX, ref Vector256<float> forceY)
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
            var counted = Vector256.ConvertToSingle(Vector256.LessThan(Vector256.Create(drawn) + Vector256<int>.Indices, Vector256.Create(count)) & Vector256<int>.One);
            sumX += counted * Clamp(push * dx);
            sumY += counted * Clamp(push * dy);
        }

        forceX += sumX;
        forceY += sumY;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> force) => Vector256.Min(Vector256.Max(force, Vector256.Create(-Clip)), Vector256.Create(Clip));

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
            values[indices[0]], values[indices[1]], values[indices[2]], values[indices[3]], values[indices[4]], values[indices[5]], values[indices[6]], values[indices[7]]);
    }
}
