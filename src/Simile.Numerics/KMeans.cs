using System.Numerics;
using System.Runtime.InteropServices;
using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>k-means of whole vectors (Lloyd), all distances of a block of vectors by one matrix product, blocks side by side. The same seed gives the same bits on any number of threads.</summary>
internal static class KMeans
{
    // The products of a block stay in the second-level cache.
    private const int BlockRows = 192;

    /// <summary>Moves centroids to the means of the points nearest to them, again and again.</summary>
    /// <param name="points">The points.</param>
    /// <param name="start">The first centroids, some of the points; they are not changed.</param>
    /// <param name="iterations">How often they move.</param>
    /// <param name="seed">Decides which point becomes a centroid in place of one that nothing is nearest to.</param>
    /// <param name="done">Told how many more points were assigned, on any thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VectorMatrix Train(VectorMatrix points, VectorMatrix start, int iterations, int seed, Action<int>? done = null, CancellationToken cancellationToken = default)
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

    /// <summary>nearest[at + i] = the centroid nearest to point i, among equally near ones the first; on all cores.</summary>
    public static void Assign(VectorMatrix points, VectorMatrix centroids, int[] nearest, int at, Action<int>? done = null, CancellationToken cancellationToken = default)
    {
        var halfSquares = HalfSquares(centroids);
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, (points.Count + BlockRows - 1) / BlockRows, options, () => new VectorMatrix(Math.Min(BlockRows, points.Count), centroids.Count), (block, _, products) =>
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

    /// <summary>Half of the squared length of each centroid: a vector is nearest to that with the greatest product less this.</summary>
    public static float[] HalfSquares(VectorMatrix centroids) =>
        [.. Enumerable.Range(0, centroids.Count).Select(c => 0.5f * Pairwise<Dot>.One(centroids[c], centroids[c]))];

    /// <summary>The centroid of the greatest product less half of its squared length, among equal ones the first.</summary>
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

    // A centroid without points becomes a point of the largest group.
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

    /// <summary>Points by their centroid: those of c are order[starts[c]] to order[starts[c + 1]], ascending.</summary>
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
