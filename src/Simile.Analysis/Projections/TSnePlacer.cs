using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Analysis.Projections;

/// <summary>Optimizes the position of one new point while all other points are fixed.</summary>
internal sealed class TSnePlacer(float[] xs, float[] ys, double exaggeration, int iterations)
{
    private const float Rate = 0.1f;
    private const float Momentum = 0.8f;
    private const float LongestGradient = 0.25f; // as openTSNE, so that a step stays in the neighborhood

    /// <summary>The position of a point with the given neighbors, whose probabilities sum to 1.</summary>
    public (float X, float Y) Place(int[] neighbors, float[] probabilities)
    {
        // Start at the weighted median. A point with neighbors in two groups would start between them with the mean.
        var (x, y) = (Median(xs, neighbors, probabilities), Median(ys, neighbors, probabilities));
        var (stepX, stepY) = (0f, 0f);
        for (var i = 0; i < iterations; i++)
        {
            var (gradientX, gradientY) = Gradient(x, y, neighbors, probabilities);
            var length = MathF.Sqrt((gradientX * gradientX) + (gradientY * gradientY));
            var scale = length > LongestGradient ? LongestGradient / length : 1;
            (stepX, stepY) = ((Momentum * stepX) - (Rate * scale * gradientX), (Momentum * stepY) - (Rate * scale * gradientY));
            (x, y) = (x + stepX, y + stepY);
        }

        return (x, y);
    }

    private (float X, float Y) Gradient(float x, float y, int[] neighbors, float[] probabilities)
    {
        var (repulsionX, repulsionY, sum) = Repulse(x, y);
        var (attractionX, attractionY) = (0f, 0f);
        for (var j = 0; j < neighbors.Length; j++)
        {
            var (dx, dy) = (x - xs[neighbors[j]], y - ys[neighbors[j]]);
            var force = probabilities[j] / (1 + (dx * dx) + (dy * dy));
            attractionX += force * dx;
            attractionY += force * dy;
        }

        var factor = (float)exaggeration;
        return ((factor * attractionX) - (repulsionX / sum), (factor * attractionY) - (repulsionY / sum));
    }

    private (float X, float Y, float Sum) Repulse(float x, float y)
    {
        var vectorsX = MemoryMarshal.Cast<float, Vector<float>>(xs);
        var vectorsY = MemoryMarshal.Cast<float, Vector<float>>(ys);
        Vector<float> ownX = new(x), ownY = new(y), forceX = default, forceY = default, sums = default;
        for (var i = 0; i < vectorsX.Length; i++)
        {
            var (dx, dy) = (ownX - vectorsX[i], ownY - vectorsY[i]);
            var w = Vector<float>.One / (Vector<float>.One + (dx * dx) + (dy * dy));
            sums += w;
            forceX += w * w * dx;
            forceY += w * w * dy;
        }

        var (fx, fy, sum) = (Vector.Sum(forceX), Vector.Sum(forceY), Vector.Sum(sums));
        for (var i = vectorsX.Length * Vector<float>.Count; i < xs.Length; i++)
        {
            var (dx, dy) = (x - xs[i], y - ys[i]);
            var w = 1 / (1 + (dx * dx) + (dy * dy));
            (fx, fy, sum) = (fx + (w * w * dx), fy + (w * w * dy), sum + w);
        }

        return (fx, fy, sum);
    }

    private static float Median(float[] values, int[] neighbors, float[] weights)
    {
        var half = weights.Sum() / 2;
        var below = 0f;
        foreach (var (value, weight) in neighbors.Select((n, j) => (values[n], weights[j])).OrderBy(v => v.Item1))
        {
            below += weight;
            if (below >= half)
            {
                return value;
            }
        }

        return values[neighbors[0]];
    }
}
