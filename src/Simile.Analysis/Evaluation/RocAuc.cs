namespace Simile.Analysis;

/// <summary>The area under the ROC curve.</summary>
public static class RocAuc
{
    /// <summary>
    /// The probability that a positive item has a greater score than a negative one, in [0, 1]; equal scores count half. It is the
    /// Mann-Whitney U statistic divided by the number of pairs, equal to scikit-learn's <c>roc_auc_score</c>.
    /// </summary>
    /// <param name="positive">Scores of positive items, at least one.</param>
    /// <param name="negative">Scores of negative items, at least one.</param>
    /// <exception cref="ArgumentException">There are no positive or no negative items, or a score is NaN.</exception>
    public static double Of(ReadOnlySpan<double> positive, ReadOnlySpan<double> negative)
    {
        if (positive.IsEmpty || negative.IsEmpty)
        {
            throw new ArgumentException("An ROC curve needs at least one positive and one negative item.");
        }

        var (above, below) = (Sorted(positive), Sorted(negative));
        var (sum, less, equal) = (0.0, 0, 0);
        foreach (var score in above)
        {
            while (less < below.Length && below[less] < score)
            {
                less++;
            }

            for (equal = Math.Max(equal, less); equal < below.Length && below[equal] == score;)
            {
                equal++;
            }

            sum += (less + equal) / 2.0;
        }

        return sum / above.Length / below.Length;
    }

    private static double[] Sorted(ReadOnlySpan<double> scores)
    {
        double[] sorted = [.. scores];
        Array.Sort(sorted);
        return double.IsNaN(sorted[0])
            ? throw new ArgumentException("A score is NaN: an item without a score has no place on an ROC curve.")
            : sorted;
    }
}
