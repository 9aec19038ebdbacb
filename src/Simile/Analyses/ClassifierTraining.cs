using Simile.Analysis;

namespace Simile.Analyses;

/// <summary>A classifier that was trained on labelled items, and how well one like it does on items that it has not seen.</summary>
/// <param name="Classifier">Trained on all items. The caller disposes it.</param>
/// <param name="Check">The cross-validation; null where there was none.</param>
public sealed record ClassifierTraining(Classifier Classifier, CrossValidation? Check)
{
    private const int DefaultFolds = 5;

    /// <summary>Cross-validates, then trains on all items.</summary>
    /// <param name="vectors">Items with labels of at least two classes; with cross-validation at least two items of each.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">Labels are missing, or there are too few items or classes.</exception>
    public static ClassifierTraining Run(
        AnalyzedVectors vectors,
        ClassificationOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new ClassificationOptions();
        vectors.Require(2, "A classifier");
        var labels = vectors.RequireLabels();
        var training = options.For(vectors);
        var folds = options.Folds ?? Math.Min(DefaultFolds, vectors.Count);
        var check = folds == 1 ? null : Validate(vectors, labels, folds, training, progress, cancellationToken);
        return new ClassifierTraining(Classifier.Train(vectors.Vectors, labels, training, progress, cancellationToken), check);
    }

    /// <summary>Cross-validates without training on all items.</summary>
    internal static CrossValidation Validate(
        AnalyzedVectors vectors, ClassificationOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        vectors.Require(2, "A classifier");
        return Validate(vectors, vectors.RequireLabels(), options.Folds ?? DefaultFolds, options.For(vectors), progress, cancellationToken);
    }

    private static CrossValidation Validate(
        AnalyzedVectors vectors,
        string[] labels,
        int folds,
        ClassifierOptions training,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellationToken)
    {
        var classes = labels.CountBy(label => label, StringComparer.Ordinal).OrderBy(each => each.Key, StringComparer.Ordinal).ToList();
        if (classes.Count < 2)
        {
            throw new ArgumentException(
                $"All {labels.Length:N0} items are of the class '{classes[0].Key}': a classifier needs items of at least two classes.");
        }

        if (classes.Find(each => each.Value == 1).Key is { } single)
        {
            throw new ArgumentException(
                $"The class '{single}' has one item, and cross-validation needs two of each: give it more, or take one fold, which "
                + "validates nothing.");
        }

        return CrossValidation.Run(
            vectors.Vectors, labels, Folds.Stratified(labels, folds, training.Seed), training, progress, cancellationToken);
    }
}
