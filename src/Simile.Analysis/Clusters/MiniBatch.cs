using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>
/// Mini-batch k-means (Sculley 2010): each step assigns a batch of points and moves their centroids toward them, with a rate that falls
/// with the number of points seen.
/// </summary>
internal static class MiniBatch
{
    // The maximum number of steps without a lower smoothed inertia, as scikit-learn's max_no_improvement.
    private const int Patience = 10;

    /// <summary>Moves centroids.</summary>
    public static int Run(
        VectorMatrix points,
        VectorMatrix centroids,
        KMeansOptions options,
        bool spherical,
        Random random,
        Action<int>? report,
        CancellationToken cancellationToken)
    {
        var batch = Math.Min(points.Count, options.BatchSize!.Value);
        var (seen, rows) = (new long[centroids.Count], new int[batch]);
        var steps = (int)Math.Min(int.MaxValue, (long)options.MaxIterations * Math.Max(1, points.Count / batch));
        var (smoothed, best, since) = (double.NaN, double.PositiveInfinity, 0);
        var weight = Math.Min(1, 2.0 * batch / (points.Count + 1));
        var step = 0;
        while (step < steps && since < Patience)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = random.Next(points.Count);
            }

            var inertia = Step(points, rows, centroids, seen, spherical) / batch;
            smoothed = step++ < 1 ? inertia : (smoothed * (1 - weight)) + (inertia * weight);
            (best, since) = smoothed < best ? (smoothed, 0) : (best, since + 1);
            report?.Invoke((int)((long)step * batch / points.Count));
        }

        return Math.Max(1, (int)((long)step * batch / points.Count));
    }

    private static double Step(VectorMatrix points, int[] rows, VectorMatrix centroids, long[] seen, bool spherical)
    {
        var packed = new PackedCentroids(centroids);
        var products = new float[rows.Length * packed.Stride];
        packed.Multiply(points, rows, products);
        var (sums, counts, inertia) = (new double[centroids.Count * points.Dimensions], new int[centroids.Count], 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = points[rows[i]];
            var nearest = Nearest.Of(products.AsSpan(i * packed.Stride, packed.Stride), packed.HalfSquares).Centroid;
            inertia += Pairwise<SquaredL2>.One(row, centroids[nearest]);
            counts[nearest]++;
            for (var j = 0; j < row.Length; j++)
            {
                sums[(nearest * row.Length) + j] += row[j];
            }
        }

        for (var c = 0; c < counts.Length; c++)
        {
            seen[c] += counts[c];
            Move(centroids[c], sums.AsSpan(c * points.Dimensions, points.Dimensions), counts[c], seen[c], spherical);
        }

        return inertia;
    }

    private static void Move(Span<float> centroid, ReadOnlySpan<double> sum, int count, long seen, bool spherical)
    {
        for (var j = 0; j < centroid.Length && count > 0; j++)
        {
            centroid[j] += (float)((sum[j] - (count * (double)centroid[j])) / seen);
        }

        if (spherical && count > 0)
        {
            VectorMath.Normalize(centroid, centroid);
        }
    }
}
