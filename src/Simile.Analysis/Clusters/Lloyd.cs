using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>
/// Lloyd's algorithm with Hamerly's bounds (2010): a point whose nearest centroid certainly stays the same is skipped. The others are
/// compared with all centroids by a blocked matrix product.
/// </summary>
internal sealed class Lloyd
{
    private const int BlockRows = 192;

    // The relative rounding error of float products. Bounds allow for it.
    private const float Rounding = 1e-6f;

    private readonly VectorMatrix _points;
    private readonly VectorMatrix _centroids;
    private readonly bool _spherical;
    private readonly int[] _labels;
    private readonly float[] _upper; // at least the distance to the own centroid
    private readonly float[] _lower; // at most the distance to every other centroid
    private readonly float[] _squares;
    private readonly CentroidSums _sums;

    /// <summary>Starts with given centroids, which are moved.</summary>
    public Lloyd(VectorMatrix points, float[] squares, VectorMatrix centroids, bool spherical)
    {
        (_points, _squares, _centroids, _spherical) = (points, squares, centroids, spherical);
        (_labels, _upper, _lower) = (new int[points.Count], new float[points.Count], new float[points.Count]);
        _sums = new CentroidSums(points, centroids.Count);
    }

    public int[] Labels => _labels;

    public VectorMatrix Centroids => _centroids;

    public int Iterations { get; private set; }

    /// <summary>Whether no point changes its cluster, or the centroids hardly move.</summary>
    public bool Converged { get; private set; }

    /// <summary>Iterates until the squared moves of all centroids sum to at most a tolerance.</summary>
    public void Run(int iterations, double tolerance, Action<int>? report, CancellationToken cancellationToken)
    {
        _upper.AsSpan().Fill(float.PositiveInfinity);
        Reassign(new float[_centroids.Count], cancellationToken);
        _sums.AddAll(_labels);
        while (!Converged && Iterations < iterations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Iterations++;
            var moved = MoveCentroids();
            var changes = Reassign(HalfGaps(), cancellationToken);
            _sums.Move(changes);
            Converged = changes.Count == 0 || moved <= tolerance;
            report?.Invoke(Iterations);
        }
    }

    /// <summary>The squared distance of a point to its centroid.</summary>
    public float Squared(int point) => Pairwise<SquaredL2>.One(_points[point], _centroids[_labels[point]]);

    private double MoveCentroids()
    {
        Refill();
        var before = new VectorMatrix(_centroids.AsSpan().ToArray(), _centroids.Dimensions);
        _sums.Means(_centroids, _spherical);
        var moves = new float[_centroids.Count];
        var sum = 0.0;
        for (var c = 0; c < moves.Length; c++)
        {
            var squared = Pairwise<SquaredL2>.One(before[c], _centroids[c]);
            sum += squared;
            moves[c] = MathF.Sqrt(squared) * (1 + Rounding);
        }

        Loosen(moves);
        return sum;
    }

    // The own centroid may have moved away, and any other one closer, by at most the distance they moved.
    private void Loosen(float[] moves)
    {
        var order = Enumerable.Range(0, moves.Length).OrderByDescending(c => moves[c]).Take(2).ToArray();
        var (most, second) = (order[0], moves.Length > 1 ? moves[order[1]] : 0);
        for (var i = 0; i < _labels.Length; i++)
        {
            _upper[i] += moves[_labels[i]];
            _lower[i] -= _labels[i] == most ? second : moves[most];
        }
    }

    // Half of the distance to the nearest other centroid: a point closer to its own centroid has no closer one.
    private float[] HalfGaps()
    {
        var gaps = new float[_centroids.Count];
        Parallel.For(0, gaps.Length, c =>
        {
            var squared = new float[gaps.Length];
            Pairwise<SquaredL2>.Rows(_centroids[c], _centroids.AsSpan(), squared);
            squared[c] = float.PositiveInfinity;
            gaps[c] = 0.5f * MathF.Sqrt(squared.Min()) * (1 - Rounding);
        });
        return gaps;
    }

    private List<(int Point, int From, int To)> Reassign(float[] halfGaps, CancellationToken cancellationToken)
    {
        var packed = new PackedCentroids(_centroids);
        var greatest = packed.HalfSquares[.._centroids.Count].ToArray().Max() * 2;
        var blocks = new List<(int, int, int)>[(_labels.Length + BlockRows - 1) / BlockRows];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, blocks.Length, options, () => (new int[BlockRows], new float[BlockRows * packed.Stride]), (block, _, memory) =>
        {
            var (rows, products) = memory;
            var open = Open(block, halfGaps, rows);
            packed.Multiply(_points, rows.AsSpan(0, open), products);
            blocks[block] = Take(rows.AsSpan(0, open), products, packed, greatest);
            return memory;
        }, _ => { });
        return [.. blocks.SelectMany(b => b)];
    }

    // The points of a block that the bounds do not decide.
    private int Open(int block, float[] halfGaps, int[] rows)
    {
        var count = 0;
        var last = Math.Min(_labels.Length, (block + 1) * BlockRows);
        for (var i = block * BlockRows; i < last; i++)
        {
            var settled = Math.Max(_lower[i], halfGaps[_labels[i]]);
            if (_upper[i] < settled)
            {
                continue;
            }

            if (!float.IsPositiveInfinity(_upper[i]))
            {
                _upper[i] = MathF.Sqrt(Squared(i)) * (1 + Rounding);
                if (_upper[i] < settled)
                {
                    continue;
                }
            }

            rows[count++] = i;
        }

        return count;
    }

    private List<(int Point, int From, int To)> Take(
        ReadOnlySpan<int> rows, ReadOnlySpan<float> products, PackedCentroids packed, float greatest)
    {
        var changes = new List<(int, int, int)>();
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var nearest = Nearest.Of(products.Slice(i * packed.Stride, packed.Stride), packed.HalfSquares);
            var slack = Rounding * (_squares[row] + greatest);
            _upper[row] = MathF.Sqrt(Math.Max(0, _squares[row] + (2 * nearest.First)) + slack);
            _lower[row] = MathF.Sqrt(Math.Max(0, _squares[row] + (2 * nearest.Second) - slack));
            if (nearest.Centroid != _labels[row])
            {
                changes.Add((row, _labels[row], nearest.Centroid));
                _labels[row] = nearest.Centroid;
            }
        }

        return changes;
    }

    // An empty cluster gets the point furthest from its centroid, as in scikit-learn. If all points are on their centroids it stays empty.
    private void Refill()
    {
        var empty = Enumerable.Range(0, _centroids.Count).Where(c => _sums.Counts[c] == 0).ToArray();
        if (empty.Length == 0)
        {
            return;
        }

        var distances = new float[_labels.Length];
        Parallel.For(0, distances.Length, i => distances[i] = Squared(i));
        var furthest = Enumerable.Range(0, distances.Length).Where(i => distances[i] > 0 && _sums.Counts[_labels[i]] > 1)
            .OrderByDescending(i => distances[i]).Take(empty.Length).ToArray();
        foreach (var (at, point) in furthest.Index())
        {
            if (_sums.Counts[_labels[point]] > 1)
            {
                _sums.Move([(point, _labels[point], empty[at])]);
                _labels[point] = empty[at];
            }
        }

        _upper.AsSpan().Fill(float.PositiveInfinity);
        _lower.AsSpan().Clear();
    }
}
