using System.Numerics;
using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Column means, summed in double, and centered rows.</summary>
internal static class ColumnMeans
{
    private const int BlockRows = 1024;

    /// <summary>
    /// The mean of each column. Blocks are summed on all cores and added in order, so that the bits do not depend on the number of threads.
    /// </summary>
    public static double[] Of(VectorMatrix rows)
    {
        var blocks = new double[(rows.Count + BlockRows - 1) / BlockRows][];
        Parallel.For(0, blocks.Length, block =>
        {
            blocks[block] = new double[rows.Dimensions];
            for (var i = block * BlockRows; i < Math.Min(rows.Count, (block + 1) * BlockRows); i++)
            {
                Add(rows[i], blocks[block]);
            }
        });
        var mean = new double[rows.Dimensions];
        foreach (var block in blocks)
        {
            DoubleSpan.AddScaled(1.0 / rows.Count, block, mean);
        }

        return mean;
    }

    /// <summary>New rows: each row minus the mean.</summary>
    public static VectorMatrix Subtract(VectorMatrix rows, double[] mean)
    {
        var centered = new VectorMatrix(rows.Count, rows.Dimensions);
        Parallel.For(0, (rows.Count + BlockRows - 1) / BlockRows, block =>
        {
            for (var i = block * BlockRows; i < Math.Min(rows.Count, (block + 1) * BlockRows); i++)
            {
                Subtract(rows[i], mean, centered[i]);
            }
        });
        return centered;
    }

    private static void Add(ReadOnlySpan<float> row, double[] sums)
    {
        var (at, half) = (0, Vector<double>.Count);
        for (; at <= row.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[at..]), out var low, out var high);
            (low + new Vector<double>(sums, at)).CopyTo(sums, at);
            (high + new Vector<double>(sums, at + half)).CopyTo(sums, at + half);
        }

        for (; at < row.Length; at++)
        {
            sums[at] += row[at];
        }
    }

    private static void Subtract(ReadOnlySpan<float> row, double[] mean, Span<float> target)
    {
        var (at, half) = (0, Vector<double>.Count);
        for (; at <= row.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(row[at..]), out var low, out var high);
            Vector.Narrow(low - new Vector<double>(mean, at), high - new Vector<double>(mean, at + half)).CopyTo(target[at..]);
        }

        for (; at < row.Length; at++)
        {
            target[at] = (float)(row[at] - mean[at]);
        }
    }
}
