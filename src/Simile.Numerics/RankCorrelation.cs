namespace Simile.Numerics;

/// <summary>Correlation of two lists of numbers of the same length.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's correlation: Pearson's correlation of the ranks. Equal numbers get the mean of their ranks.</summary>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>
    /// Covariance divided by both standard deviations. NaN for fewer than two numbers, or if all numbers of a list are equal.
    /// </summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length < 2)
        {
            return double.NaN;
        }

        var (meanX, meanY) = (Mean(x), Mean(y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        // The root of the product gives exactly 1 for equal lists. The product of the roots neither overflows nor underflows.
        var lengths = double.IsNormal(xx * yy) ? Math.Sqrt(xx * yy) : Math.Sqrt(xx) * Math.Sqrt(yy);
        return Math.Clamp(xy / lengths, -1, 1);
    }

    private static double Mean(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x)
        {
            sum += value;
        }

        return sum / x.Length;
    }

    private static double[] Ranks(ReadOnlySpan<double> x)
    {
        var (sorted, order, ranks) = (x.ToArray(), new int[x.Length], new double[x.Length]);
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (from + to + 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }
}
