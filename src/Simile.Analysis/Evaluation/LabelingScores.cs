namespace Simile.Analysis;

/// <summary>
/// Agreement of two labelings of the same items, independent of label names. All are symmetric except homogeneity and completeness.
/// </summary>
/// <remarks>
/// Equal to scikit-learn's: −1 (noise) is an ordinary label. All throw <see cref="ArgumentException"/> for empty lists and lists of
/// different lengths.
/// </remarks>
public static class LabelingScores
{
    /// <summary>Adjusted Rand index: 1 for the same partition, about 0 for unrelated ones (Hubert and Arabie 1985).</summary>
    public static double AdjustedRandIndex(IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        return new Contingency(truth, predicted).AdjustedRand;
    }

    /// <summary>Mutual information divided by the mean of both entropies, in [0, 1].</summary>
    public static double NormalizedMutualInformation(IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        var table = new Contingency(truth, predicted);
        var entropies = table.RowEntropy + table.ColumnEntropy;
        return entropies == 0 ? 1 : Math.Clamp(2 * table.MutualInformation / entropies, 0, 1);
    }

    /// <summary>How pure predicted clusters are: 1 if each contains only one class (Rosenberg and Hirschberg 2007).</summary>
    public static double Homogeneity(IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        var table = new Contingency(truth, predicted);
        return table.RowEntropy == 0 ? 1 : Math.Clamp(table.MutualInformation / table.RowEntropy, 0, 1);
    }

    /// <summary>How complete classes are: 1 if each class is in one predicted cluster.</summary>
    public static double Completeness(IReadOnlyList<int> truth, IReadOnlyList<int> predicted) => Homogeneity(predicted, truth);

    /// <summary>The harmonic mean of homogeneity and completeness, in [0, 1].</summary>
    public static double VMeasure(IReadOnlyList<int> truth, IReadOnlyList<int> predicted)
    {
        var (homogeneity, completeness) = (Homogeneity(truth, predicted), Completeness(truth, predicted));
        return homogeneity + completeness == 0 ? 0 : 2 * homogeneity * completeness / (homogeneity + completeness);
    }
}
