using Simile.Models.Architectures;

namespace Simile.Models.Tests.Architectures;

/// <summary>The slow twin of <see cref="PositionTable"/>: PyTorch's interpolate, written from its definition, in double.</summary>
internal static class SlowPositions
{
    /// <summary>Resamples [rows, columns, width] to [outRows, outColumns, width].</summary>
    public static double[] Resample(
        ReadOnlySpan<float> table, (int Rows, int Columns) from, (int Rows, int Columns) to, int width, PositionFilter filter)
    {
        var same = from == to;
        var (down, across) = (Shares(from.Rows, to.Rows, filter, same), Shares(from.Columns, to.Columns, filter, same));
        var result = new double[to.Rows * to.Columns * width];
        for (var i = 0; i < to.Rows * to.Columns; i++)
        {
            for (var j = 0; j < from.Rows * from.Columns; j++)
            {
                var share = down[i / to.Columns][j / from.Columns] * across[i % to.Columns][j % from.Columns];
                for (var k = 0; k < width; k++)
                {
                    result[(i * width) + k] += share * table[(j * width) + k];
                }
            }
        }

        return result;
    }

    /// <summary>How much each of <paramref name="side"/> places counts for each of <paramref name="count"/>.</summary>
    public static double[][] Shares(int side, int count, PositionFilter filter, bool same = false) =>
        [.. Enumerable.Range(0, count)
            .Select(i =>
                filter == PositionFilter.BicubicAntialias ? Smooth(i, side, count) : Sharp(Source(i, side, count, filter, same), side))];

    /// <summary>Resizes a position table with the bilinear kernel, with or without antialias.</summary>
    public static double[][] Bilinear(int side, int count, bool antialias) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var scale = (double)side / count;
        var center = scale * (i + 0.5);
        if (antialias)
        {
            return Normed(Enumerable.Range(0, side).Select(j => Math.Max(0, 1 - (Math.Abs(j + 0.5 - center) / Math.Max(1, scale)))));
        }

        var at = Math.Clamp(center - 0.5, 0, side - 1);
        var shares = new double[side];
        shares[(int)at] += 1 - (at - Math.Floor(at));
        shares[Math.Min(side - 1, (int)at + 1)] += at - Math.Floor(at);
        return shares;
    })];

    private static double Source(int i, int side, int count, PositionFilter filter, bool same) => filter switch
    {
        PositionFilter.BicubicCorners => count == 1 ? 0 : i * (side - 1.0) / (count - 1),
        PositionFilter.BicubicOffset when !same => ((i + 0.5) * side / (count + 0.1)) - 0.5,
        _ => ((i + 0.5) * side / count) - 0.5,
    };

    // Four neighbors; beyond the edge the last one is repeated.
    private static double[] Sharp(double source, int side)
    {
        var shares = new double[side];
        for (var j = (int)Math.Floor(source) - 1; j <= Math.Floor(source) + 2; j++)
        {
            shares[Math.Clamp(j, 0, side - 1)] += Kernel(Math.Abs(source - j), -0.75);
        }

        return shares;
    }

    // All neighbors that a widened kernel reaches; beyond the edge there is nothing.
    private static double[] Smooth(int i, int side, int count)
    {
        var scale = (double)side / count;
        return Normed(Enumerable.Range(0, side).Select(j => Kernel(Math.Abs(j + 0.5 - (scale * (i + 0.5))) / Math.Max(1, scale), -0.5)));
    }

    private static double[] Normed(IEnumerable<double> shares)
    {
        var all = shares.ToArray();
        var sum = all.Sum();
        return Array.ConvertAll(all, share => share / sum);
    }

    private static double Kernel(double x, double a) => x switch
    {
        < 1 => ((a + 2) * x * x * x) - ((a + 3) * x * x) + 1,
        < 2 => (a * x * x * x) - (5 * a * x * x) + (8 * a * x) - (4 * a),
        _ => 0,
    };
}
