using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Correlations of two lists of numbers, in [−1, 1], for example of similarities and human judgments (STS).</summary>
/// <remarks>
/// All throw <see cref="ArgumentException"/> for lists of different lengths, fewer than two numbers, NaN, infinity, or a constant list.
/// </remarks>
public static class Correlation
{
    /// <summary>Pearson's correlation.</summary>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(x, y);
        return RankCorrelation.Pearson(x, y);
    }

    /// <summary>Spearman's rank correlation. Ties have the mean of their ranks.</summary>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(x, y);
        return RankCorrelation.Spearman(x, y);
    }

    /// <summary>Kendall's τ-b: concordant minus discordant pairs, corrected for ties. O(n log n) (Knight 1966).</summary>
    public static double KendallTauB(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Check(x, y);
        var pairs = new (double X, double Y)[x.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (x[i], y[i]);
        }

        Array.Sort(pairs);
        var (tiesX, tiesBoth) = (Ties(pairs, (a, b) => a.X == b.X), Ties(pairs, (a, b) => a == b));
        var exchanges = SortByY(pairs, new (double, double)[pairs.Length]);
        var tiesY = Ties(pairs, (a, b) => a.Y == b.Y);
        var all = pairs.Length * (pairs.Length - 1.0) / 2;
        var difference = all - tiesX - tiesY + tiesBoth - (2.0 * exchanges);
        return Math.Clamp(difference / Math.Sqrt(all - tiesX) / Math.Sqrt(all - tiesY), -1, 1);
    }

    // The number of pairs of equal values.
    private static double Ties((double X, double Y)[] sorted, Func<(double X, double Y), (double X, double Y), bool> equal)
    {
        var (ties, run) = (0.0, 1.0);
        for (var i = 1; i <= sorted.Length; i++)
        {
            if (i < sorted.Length && equal(sorted[i - 1], sorted[i]))
            {
                run++;
                continue;
            }

            ties += run * (run - 1) / 2;
            run = 1;
        }

        return ties;
    }

    // Merge sort by y that counts the exchanged pairs.
    private static long SortByY(Span<(double X, double Y)> pairs, Span<(double X, double Y)> buffer)
    {
        if (pairs.Length < 2)
        {
            return 0;
        }

        var half = pairs.Length / 2;
        var exchanges = SortByY(pairs[..half], buffer[..half]) + SortByY(pairs[half..], buffer[half..]);
        var (left, right) = (0, half);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (right == pairs.Length || (left < half && pairs[left].Y <= pairs[right].Y))
            {
                buffer[i] = pairs[left++];
            }
            else
            {
                exchanges += half - left;
                buffer[i] = pairs[right++];
            }
        }

        buffer[..pairs.Length].CopyTo(pairs);
        return exchanges;
    }

    private static void Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} numbers and {y.Length} numbers are not pairs: give two lists of the same length.");
        }

        if (x.Length < 2)
        {
            throw new ArgumentException($"{x.Length} pairs have no correlation: give at least two.");
        }

        CheckVaries(x, "first");
        CheckVaries(y, "second");
    }

    private static void CheckVaries(ReadOnlySpan<double> x, string which)
    {
        var varies = false;
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]))
            {
                throw new ArgumentException($"Number {i} of the {which} list is {x[i]}: a correlation needs finite numbers.");
            }

            varies |= x[i] != x[0];
        }

        if (!varies)
        {
            throw new ArgumentException($"All numbers of the {which} list are {x[0]}: the correlation of a constant list is undefined.");
        }
    }
}
