using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Means of columns, summed in double, and rows with them taken away.</summary>
internal static class ColumnMeans
{
    private const int BlockRows = 1024;

    /// <summary>The mean of each column. Blocks are summed on all cores and added in order, so that the bits do not depend on the threads.</summary>
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

    /// <summary>Rows less the mean, as new rows.</summary>
    public static VectorMatrix Subtract(VectorMatrix rows, double[] mean)
    {
        var centered = new VectorMatrix(rows.Count, rows.Dimensions);
        Parallel.For(0, (rows.Count + BlockRows - 1) / BlockRows, block =>
        {
            for (var i = block * BlockRows; i < Math.Min(rows.Count, (block + 1) * BlockRows); i++)
            {
                var row = rows[i];
                var target = centered[i];
                for (var j = 0; j < target.Length; j++)
                {
                    target[j] = (float)(row[j] - mean[j]);
                }
            }
        });
        return centered;
    }

    private static void Add(ReadOnlySpan<float> row, double[] sums)
    {
        for (var j = 0; j < row.Length; j++)
        {
            sums[j] += row[j];
        }
    }
}
