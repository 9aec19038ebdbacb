namespace Simile.Analysis;

/// <summary>How often each class was taken for each: rows are the true classes, columns the predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    private ConfusionMatrix(IReadOnlyList<string> classes, int[] counts) => (Classes, _counts) = (classes, counts);

    /// <summary>The classes, in ordinal order: those of the truth and of the predictions.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Items of class <paramref name="truth"/> that were taken for class <paramref name="predicted"/>, both numbers in <see cref="Classes"/>.</summary>
    public int this[int truth, int predicted] => _counts[(truth * Classes.Count) + predicted];

    /// <summary>Items compared.</summary>
    public int Total => _counts.Sum();

    /// <summary>The share of items whose class was predicted; micro-averaged F1 and precision and recall are the same number where each item has one class.</summary>
    public double Accuracy => Enumerable.Range(0, Classes.Count).Sum(c => this[c, c]) / (double)Total;

    /// <summary>The micro-averaged F1, which equals <see cref="Accuracy"/> where each item has one class.</summary>
    public double MicroF1 => Accuracy;

    /// <summary>The mean of <see cref="F1"/> over classes.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes.Count).Average(F1);

    /// <summary>Counts pairs.</summary>
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

    /// <summary>The share of what was predicted as the class that belongs to it; 0 where nothing was.</summary>
    public double Precision(int @class) => Share(this[@class, @class], Enumerable.Range(0, Classes.Count).Sum(c => this[c, @class]));

    /// <summary>The share of the class that was predicted as such; 0 where the truth has none of it.</summary>
    public double Recall(int @class) => Share(this[@class, @class], Enumerable.Range(0, Classes.Count).Sum(c => this[@class, c]));

    /// <summary>The harmonic mean of precision and recall; 0 where both are.</summary>
    public double F1(int @class)
    {
        var (precision, recall) = (Precision(@class), Recall(@class));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
}
