using System.Numerics;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>The sum and the number of each cluster's points, updated incrementally.</summary>
/// <remarks>Sums are double and computed in the order of the points, so results are the same on any number of threads.</remarks>
internal sealed class CentroidSums(VectorMatrix points, int k)
{
    // Components per thread: enough that skipping the rows of other clusters costs little.
    private const int Part = 128;

    private readonly double[] _sums = new double[k * points.Dimensions];
    private readonly int[] _counts = new int[k];

    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Adds all points.</summary>
    public void AddAll(int[] labels)
    {
        foreach (var label in labels)
        {
            _counts[label]++;
        }

        EachPart(part =>
        {
            for (var i = 0; i < labels.Length; i++)
            {
                Add(i, labels[i], part, 1);
            }
        });
    }

    /// <summary>Moves points between clusters.</summary>
    public void Move(IReadOnlyList<(int Point, int From, int To)> moves)
    {
        foreach (var (_, from, to) in moves)
        {
            _counts[from]--;
            _counts[to]++;
        }

        EachPart(part =>
        {
            for (var i = 0; i < moves.Count; i++)
            {
                Add(moves[i].Point, moves[i].From, part, -1);
                Add(moves[i].Point, moves[i].To, part, 1);
            }
        });
    }

    /// <summary>Writes the means. An empty cluster keeps its centroid. A spherical mean is normalized.</summary>
    public void Means(VectorMatrix means, bool spherical)
    {
        for (var c = 0; c < k; c++)
        {
            if (_counts[c] == 0)
            {
                continue;
            }

            var mean = means[c];
            for (var j = 0; j < mean.Length; j++)
            {
                mean[j] = (float)(_sums[(c * mean.Length) + j] / _counts[c]);
            }

            if (spherical)
            {
                VectorMath.Normalize(mean, mean);
            }
        }
    }

    private void EachPart(Action<Range> add) =>
        Parallel.For(0, (points.Dimensions + Part - 1) / Part, part => add((part * Part)..Math.Min(points.Dimensions, (part + 1) * Part)));

    private void Add(int point, int cluster, Range part, double sign)
    {
        ReadOnlySpan<float> row = points[point][part];
        var sum = _sums.AsSpan(cluster * points.Dimensions, points.Dimensions)[part];
        var j = 0;
        for (; j <= row.Length - Vector<float>.Count; j += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[j..]), out var low, out var high);
            (new Vector<double>(sum[j..]) + (sign * low)).CopyTo(sum[j..]);
            (new Vector<double>(sum[(j + Vector<double>.Count)..]) + (sign * high)).CopyTo(sum[(j + Vector<double>.Count)..]);
        }

        for (; j < row.Length; j++)
        {
            sum[j] += sign * row[j];
        }
    }
}
