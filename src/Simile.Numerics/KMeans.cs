using System.Numerics;
using System.Runtime.InteropServices;
using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>
/// k-means on full-precision vectors (Lloyd). Distances of a block of vectors come from one matrix product; blocks run in parallel. The
/// same seed gives the same bits on any number of threads.
/// </summary>
internal static class KMeans
{
    // The products of one block fit in the second-level cache.
    private const int BlockRows = 192;

    /// <summary>Moves each centroid to the mean of its nearest points, for a number of iterations.</summary>
    /// <param name="points">The points, n × d.</param>
    /// <param name="start">The first centroids, k × d. Not changed.</param>
    /// <param name="iterations">Number of iterations.</param>
    /// <param name="seed">Seed for choosing a new centroid in place of one without points.</param>
    /// <param name="done">Optional callback with the number of newly assigned points. Called on any thread.</param>
    /// <param name="cancellationToken">Checked after each block.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static VectorMatrix Train(
        VectorMatrix points,
        VectorMatrix start,
        int iterations,
        int seed,
        Action<int>? done = null,
        CancellationToken cancellationToken = default)
    {
        var centroids = new VectorMatrix(start.AsSpan().ToArray(), start.Dimensions);
        var nearest = new int[points.Count];
        for (var round = 0; round < iterations; round++)
        {
            Assign(points, centroids, nearest, 0, done, cancellationToken);
            Move(points, nearest, centroids, seed + round);
        }

        return centroids;
    }

    /// <summary>Sets nearest[at + i] to the nearest centroid of point i, on all cores. Ties go to the smaller centroid.</summary>
    public static void Assign(
        VectorMatrix points,
        VectorMatrix centroids,
        int[] nearest,
        int at,
        Action<int>? done = null,
        CancellationToken cancellationToken = default)
    {
        var halfSquares = HalfSquares(centroids);
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            (points.Count + BlockRows - 1) / BlockRows,
            options,
            () => new VectorMatrix(Math.Min(BlockRows, points.Count), centroids.Count),
            (block, _, products) =>
            {
                var from = block * BlockRows;
                var rows = Math.Min(BlockRows, points.Count - from);
                MatrixProduct.TimesTransposed(points.Slice(from, rows), centroids, products.Slice(0, rows));
                for (var i = 0; i < rows; i++)
                {
                    nearest[at + from + i] = Best(products[i], halfSquares);
                }

                done?.Invoke(rows);
                return products;
            }, _ => { });
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Half of the squared length of each centroid. The nearest centroid has the greatest dot product minus this value.</summary>
    public static float[] HalfSquares(VectorMatrix centroids) =>
        [.. Enumerable.Range(0, centroids.Count).Select(c => 0.5f * Pairwise<Dot>.One(centroids[c], centroids[c]))];

    /// <summary>The centroid with the greatest dot product minus half of its squared length. Ties go to the smaller centroid.</summary>
    public static int Best(ReadOnlySpan<float> products, ReadOnlySpan<float> halfSquares)
    {
        var best = new Vector<float>(float.NegativeInfinity);
        var i = 0;
        for (; i <= products.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            best = Vector.Max(best, new Vector<float>(products[i..]) - new Vector<float>(halfSquares[i..]));
        }

        var greatest = float.NegativeInfinity;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            greatest = Math.Max(greatest, best[lane]);
        }

        for (; i < products.Length; i++)
        {
            greatest = Math.Max(greatest, products[i] - halfSquares[i]);
        }

        for (i = 0; i < products.Length - 1 && products[i] - halfSquares[i] != greatest; i++)
        {
        }

        return i;
    }

    private static void Move(VectorMatrix points, int[] nearest, VectorMatrix centroids, int seed)
    {
        var (starts, order) = Group(nearest, centroids.Count);
        Parallel.For(0, centroids.Count, c =>
        {
            var members = order.AsSpan(starts[c], starts[c + 1] - starts[c]);
            if (members.IsEmpty)
            {
                return;
            }

            var centroid = centroids[c];
            centroid.Clear();
            foreach (var point in members)
            {
                Elementwise.Combine(1, centroid, 1, points[point], centroid);
            }

            Elementwise.Scale(1f / members.Length, centroid, centroid);
        });
        Refill(points, starts, order, centroids, seed);
    }

    // An empty centroid takes a point of the largest group.
    private static void Refill(VectorMatrix points, int[] starts, int[] order, VectorMatrix centroids, int seed)
    {
        var random = new Random(seed);
        var largest = Enumerable.Range(0, centroids.Count).MaxBy(c => starts[c + 1] - starts[c]);
        for (var c = 0; c < centroids.Count; c++)
        {
            if (starts[c] == starts[c + 1])
            {
                points[order[random.Next(starts[largest], starts[largest + 1])]].CopyTo(centroids[c]);
            }
        }
    }

    /// <summary>Groups points by centroid: the points of c are order[starts[c]] to order[starts[c + 1]], ascending.</summary>
    public static (int[] Starts, int[] Order) Group(ReadOnlySpan<int> nearest, int k)
    {
        var (starts, order) = (new int[k + 1], new int[nearest.Length]);
        foreach (var c in nearest)
        {
            starts[c + 1]++;
        }

        for (var c = 0; c < k; c++)
        {
            starts[c + 1] += starts[c];
        }

        var next = starts.AsSpan(0, k).ToArray();
        for (var i = 0; i < nearest.Length; i++)
        {
            order[next[nearest[i]]++] = i;
        }

        return (starts, order);
    }
}
