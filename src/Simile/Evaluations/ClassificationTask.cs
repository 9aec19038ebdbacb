using Simile.Analyses;
using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Evaluations;

/// <summary>Classification: how well simple classifiers of the vectors know the class of items that they were not trained on.</summary>
/// <remarks>
/// As in MTEB a model is rated by what a classifier of its fixed vectors reaches: five nearest neighbors by cosine, and logistic
/// regression.
/// </remarks>
public static class ClassificationTask
{
    private const int ShotDraws = 10;

    /// <summary>Measures by cross-validation.</summary>
    /// <param name="items">Items with labels, at least two of each of at least two classes.</param>
    /// <param name="folds">Number of folds, at least 2; each class is spread evenly.</param>
    /// <param name="seed">The seed of the folds.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>Accuracy and macro-averaged F1 of both classifiers.</returns>
    /// <exception cref="ArgumentException">Labels are missing, or there are too few items or classes.</exception>
    public static IReadOnlyList<MetricValue> CrossValidate(
        AnalyzedVectors items,
        int folds = 5,
        int seed = 1,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Measure(method =>
        {
            var training = new ClassificationOptions { Method = method, Folds = folds, Metric = Metric.Cosine, Seed = seed };
            return ClassifierTraining.Validate(items, training, progress, cancellationToken).Confusion;
        });
    }

    /// <summary>Trains on some items, and measures on others.</summary>
    /// <param name="train">Items with labels of at least two classes.</param>
    /// <param name="test">Items with labels, of the same model.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>Accuracy and macro-averaged F1 of both classifiers.</returns>
    /// <exception cref="ArgumentException">Labels are missing, or there are too few items or classes.</exception>
    public static IReadOnlyList<MetricValue> Test(
        AnalyzedVectors train, AnalyzedVectors test, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        return Measure(method =>
        {
            var training = new ClassificationOptions { Method = method, Folds = 1, Metric = Metric.Cosine };
            using var classifier = ClassifierTraining.Run(train, training, null, cancellationToken).Classifier;
            return Classification.Evaluate(test, classifier);
        });
    }

    /// <summary>Trains on a few random items of each class and measures on all others, ten times each.</summary>
    /// <param name="items">Items with labels of at least two classes.</param>
    /// <param name="shots">Numbers of examples per class, at least 1. A smaller class gives all but one.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>The mean accuracy of logistic regression for each number.</returns>
    /// <exception cref="ArgumentException">Labels are missing, or there are too few items or classes.</exception>
    public static IReadOnlyList<MetricValue> FewShots(
        AnalyzedVectors items, IReadOnlyList<int> shots, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var points = FewShotCurve.Measure(
            items.Vectors, items.RequireLabels(), shots, ShotDraws, new ClassifierOptions { Seed = seed }, cancellationToken);
        return [.. points.Select(point => new MetricValue(FormattableString.Invariant($"accuracy_of_{point.Shots}"), point.Accuracy))];
    }

    private static IReadOnlyList<MetricValue> Measure(Func<ClassificationMethod, ConfusionMatrix> confusionOf)
    {
        var (knn, logistic) = (confusionOf(ClassificationMethod.Knn), confusionOf(ClassificationMethod.Logistic));
        return
        [
            new("knn_accuracy", knn.Accuracy), new("knn_macro_f1", knn.MacroF1),
            new("logistic_accuracy", logistic.Accuracy), new("logistic_macro_f1", logistic.MacroF1),
        ];
    }
}
