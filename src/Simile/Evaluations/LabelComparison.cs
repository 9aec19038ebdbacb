using Simile.Analysis;

namespace Simile.Evaluations;

/// <summary>Compares predicted labels with true ones.</summary>
public static class LabelComparison
{
    /// <summary>Measures labels as classes and as clusters.</summary>
    /// <param name="truth">The true label of each item.</param>
    /// <param name="predicted">The predicted label of each item: a class, or the name of a cluster.</param>
    /// <returns>
    /// <c>accuracy</c> and <c>macro_f1</c>, which compare the names of labels; <c>v_measure</c>, <c>ari</c> and <c>nmi</c>, which do not.
    /// </returns>
    /// <exception cref="ArgumentException">The lists have different lengths, or are empty.</exception>
    public static IReadOnlyList<MetricValue> Measure(IReadOnlyList<string> truth, IReadOnlyList<string> predicted)
    {
        var confusion = ConfusionMatrix.Of(truth, predicted);
        return [new("accuracy", confusion.Accuracy), new("macro_f1", confusion.MacroF1), .. Partitions(Numbers(truth), Numbers(predicted))];
    }

    internal static IReadOnlyList<MetricValue> Partitions(IReadOnlyList<int> truth, IReadOnlyList<int> predicted) =>
    [
        new("v_measure", LabelingScores.VMeasure(truth, predicted)),
        new("ari", LabelingScores.AdjustedRandIndex(truth, predicted)),
        new("nmi", LabelingScores.NormalizedMutualInformation(truth, predicted)),
    ];

    internal static int[] Numbers(IReadOnlyList<string> labels)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. labels.Select(label => numbers.TryGetValue(label, out var number) ? number : numbers[label] = numbers.Count)];
    }
}
