using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Analysis.Projections;

/// <content>Forces between points.</content>
internal sealed partial class QuadTree
{
    private const int Lanes = 8;
    private const int TaskGroups = 32;

    private readonly double[] _sums;

    private int Groups => (Count + Lanes - 1) / Lanes;

    /// <summary>
    /// Repulsion of Student's t with one degree of freedom, w = 1 / (1 + d²): writes Σⱼ wᵢⱼ² (yᵢ − yⱼ) for each point and returns Σ wᵢⱼ
    /// over all pairs i ≠ j.
    /// </summary>
    /// <remarks>
    /// Eight consecutive points of the curve traverse the tree together, one per SIMD lane. A cell is approximated if it is far from all of
    /// them.
    /// </remarks>
    public double Repulse(float[] forceX, float[] forceY, ParallelOptions parallel)
    {
        Parallel.For(0, (Groups + TaskGroups - 1) / TaskGroups, parallel, task =>
        {
            for (var group = task * TaskGroups; group < Math.Min(Groups, (task + 1) * TaskGroups); group++)
            {
                _sums[group] = RepulseGroup(group * Lanes, forceX, forceY);
            }
        });
        var sum = 0.0;
        foreach (var part in _sums)
        {
            sum += part;
        }

        return Math.Max(sum - Count, double.Epsilon); // the sum includes each point with itself, w = 1
    }

    private double RepulseGroup(int first, float[] forceX, float[] forceY)
    {
        var (x, y) = (Vector256.LoadUnsafe(ref X[first]), Vector256.LoadUnsafe(ref Y[first]));
        Walk(_nodes.AsSpan(0, _nodeCount), x, y, out var fx, out var fy, out var weights);
        var sum = 0.0;
        for (var lane = 0; lane < Math.Min(Lanes, Count - first); lane++)
        {
            var place = Order[first + lane];
            (forceX[place], forceY[place]) = (fx[lane], fy[lane]);
            sum += weights[lane];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk(
        ReadOnlySpan<Node> nodes,
        Vector256<float> x,
        Vector256<float> y,
        out Vector256<float> forceX,
        out Vector256<float> forceY,
        out Vector256<float> weights)
    {
        var (fx, fy, sum) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var at = 0; at < nodes.Length;)
        {
            ref readonly var node = ref nodes[at];
            var (dx, dy) = (x - Vector256.Create(node.X), y - Vector256.Create(node.Y));
            var square = (dx * dx) + (dy * dy);
            if (Vector256.LessThanAll(Vector256.Create(node.Reach), square))
            {
                var w = Vector256<float>.One / (Vector256<float>.One + square);
                var mass = Vector256.Create(node.Mass) * w;
                sum += mass;
                fx += mass * w * dx;
                fy += mass * w * dy;
                at = node.Next;
                continue;
            }

            for (var i = node.First; i < node.First + node.LeafCount; i++)
            {
                (dx, dy) = (x - Vector256.Create(X[i]), y - Vector256.Create(Y[i]));
                var w = Vector256<float>.One / (Vector256<float>.One + (dx * dx) + (dy * dy));
                sum += w;
                fx += w * w * dx;
                fy += w * w * dy;
            }

            at++; // after a leaf the next node, else the first child
        }

        (forceX, forceY, weights) = (fx, fy, sum);
    }
}
