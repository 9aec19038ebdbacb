namespace Simile.Models.Words;

/// <summary>Correlation of two lists of numbers.</summary>
internal static class RankCorrelation
{
    /// <summary>Spearman's correlation: Pearson's correlation of the ranks. Equal numbers get the mean of their ranks.</summary>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b) => Pearson(Ranks(a), Ranks(b));

    /// <summary>
    /// Covariance divided by both standard deviations. NaN for fewer than two numbers, or if all numbers of a list are equal.
    /// </summary>
    public static double Pearson(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count < 2)
        {
            return double.NaN;
        }

        var (meanA, meanB) = (a.Average(), b.Average());
        var (both, squaresA, squaresB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Count; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (both, squaresA, squaresB) = (both + (x * y), squaresA + (x * x), squaresB + (y * y));
        }

        return both / Math.Sqrt(squaresA * squaresB);
    }

    private static double[] Ranks(IReadOnlyList<double> numbers)
    {
        var order = Enumerable.Range(0, numbers.Count).OrderBy(i => numbers[i]).ToArray();
        var ranks = new double[order.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && numbers[order[end]] == numbers[order[start]])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
