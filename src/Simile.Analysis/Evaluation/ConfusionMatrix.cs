namespace Simile.Analysis;

/// <summary>Counts of predicted classes for each true class: rows are true classes, columns predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classes, int[] counts) => (Classes, _counts) = (classes, counts);

    /// <summary>The classes of truth and predictions, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// The number of items of class <paramref name="truth"/> predicted as <paramref name="predicted"/>, as indices in
    /// <see cref="Classes"/>.
    /// </summary>
    public int this[int truth, int predicted] => _counts[(truth * Classes.Count) + predicted];

    /// <summary>Number of items.</summary>
    public int Total => _counts.Sum();

    /// <summary>The share of correct predictions. Equals micro-averaged F1, precision and recall if each item has one class.</summary>
    public double Accuracy => Enumerable.Range(0, Classes.Count).Sum(c => this[c, c]) / (double)Total;

    /// <summary>Micro-averaged F1. Equals <see cref="Accuracy"/> if each item has one class.</summary>
    public double MicroF1 => Accuracy;

    /// <summary>Macro-averaged F1: the mean over classes.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes.Count).Average(F1);

    /// <summary>Counts pairs of labels.</summary>
    /// <exception cref="ArgumentException">The lists have different lengths, or are empty.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<string> truth, IReadOnlyList<string> predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        Inputs.CheckPair(truth.Count, predicted.Count);
        var classes = truth.Concat(predicted).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var numbers = classes.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        var counts = new int[classes.Length * classes.Length];
        for (var i = 0; i < truth.Count; i++)
        {
            counts[(numbers[truth[i]] * classes.Length) + numbers[predicted[i]]]++;
        }

        return new ConfusionMatrix(classes, counts);
    }

    /// <summary>The share of predictions of a class that are correct; 0 if there are none.</summary>
    public double Precision(int @class) => Share(this[@class, @class], Enumerable.Range(0, Classes.Count).Sum(c => this[c, @class]));

    /// <summary>The share of a class that was found; 0 if it has no items.</summary>
    public double Recall(int @class) => Share(this[@class, @class], Enumerable.Range(0, Classes.Count).Sum(c => this[@class, c]));

    /// <summary>The harmonic mean of precision and recall; 0 if both are 0.</summary>
    public double F1(int @class)
    {
        var (precision, recall) = (Precision(@class), Recall(@class));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
}
