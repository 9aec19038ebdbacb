using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>
/// Initial centroids by k-means++ (Arthur and Vassilvitskii 2007), in scikit-learn's greedy form: of 2 + ln k points drawn by squared
/// distance, the one that lowers the inertia most.
/// </summary>
internal sealed class PlusPlus
{
    private const int BlockRows = 256;

    private readonly VectorMatrix _points;
    private readonly float[] _squares;
    private readonly int _blocks;
    private float[] _distances; // squared, to the nearest centroid so far
    private double[] _blockSums;

    private PlusPlus(VectorMatrix points, float[] squares)
    {
        (_points, _squares) = (points, squares);
        _blocks = (points.Count + BlockRows - 1) / BlockRows;
        _distances = new float[points.Count];
        _blockSums = new double[_blocks];
    }

    /// <summary>The rows of the initial centroids.</summary>
    public static VectorMatrix Choose(VectorMatrix points, float[] squares, int k, Random random, CancellationToken cancellationToken)
    {
        var centroids = new VectorMatrix(k, points.Dimensions);
        var chooser = new PlusPlus(points, squares);
        var first = random.Next(points.Count);
        points[first].CopyTo(centroids[0]);
        chooser._distances.AsSpan().Fill(float.PositiveInfinity);
        chooser.Take([first]);
        var trials = 2 + (int)Math.Log(k);
        for (var c = 1; c < k; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] candidates = [.. Enumerable.Range(0, trials).Select(_ => chooser.Draw(random))];
            points[candidates[chooser.Take(candidates)]].CopyTo(centroids[c]);
        }

        return centroids;
    }

    // Draws a point with probability proportional to its squared distance; any point if all distances are 0.
    private int Draw(Random random)
    {
        var left = random.NextDouble() * _blockSums.Sum();
        for (var block = 0; block < _blocks; block++)
        {
            if (left >= _blockSums[block])
            {
                left -= _blockSums[block];
                continue;
            }

            for (var i = block * BlockRows; i < Math.Min(_points.Count, (block + 1) * BlockRows); i++)
            {
                left -= _distances[i];
                if (left < 0)
                {
                    return i;
                }
            }
        }

        return random.Next(_points.Count);
    }

    // Keeps the distances to the best candidate and returns its index.
    private int Take(int[] candidates)
    {
        var centroids = new VectorMatrix(candidates.Length, _points.Dimensions);
        for (var c = 0; c < candidates.Length; c++)
        {
            _points[candidates[c]].CopyTo(centroids[c]);
        }

        // Half of the lanes of the widest vectors would multiply nothing; the bits are the same in every width.
        var packed = new PackedCentroids(
            centroids, candidates.Length <= 8 && KernelPaths.Best == KernelPath.Vector512 ? KernelPath.Vector256 : null);
        var distances = candidates.Select(_ => new float[_points.Count]).ToArray();
        var sums = candidates.Select(_ => new double[_blocks]).ToArray();
        Parallel.For(0, _blocks, () => new float[BlockRows * packed.Stride], (block, _, products) =>
        {
            var rows = Enumerable.Range(block * BlockRows, Math.Min(BlockRows, _points.Count - (block * BlockRows))).ToArray();
            packed.Multiply(_points, rows, products);
            for (var c = 0; c < candidates.Length; c++)
            {
                sums[c][block] = Lower(rows, products.AsSpan(c), packed.Stride, 2 * packed.HalfSquares[c], candidates[c], distances[c]);
            }

            return products;
        }, _ => { });
        var best = Enumerable.Range(0, candidates.Length).MinBy(c => sums[c].Sum());
        (_distances, _blockSums) = (distances[best], sums[best]);
        return best;
    }

    private double Lower(int[] rows, ReadOnlySpan<float> products, int stride, float square, int candidate, float[] distances)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var squared = row == candidate ? 0 : Math.Max(0, _squares[row] + square - (2 * products[i * stride]));
            distances[row] = Math.Min(_distances[row], squared);
            sum += distances[row];
        }

        return sum;
    }
}
