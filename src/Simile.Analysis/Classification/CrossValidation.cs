using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Estimates a classifier's accuracy on new data: each fold is predicted by a classifier trained on the others.</summary>
/// <param name="FoldAccuracies">The share of correct predictions in each fold.</param>
/// <param name="Predictions">The prediction for each example.</param>
/// <param name="Confusion">The confusion matrix of all examples.</param>
/// <param name="Calibration">The calibration error of the probabilities.</param>
public sealed record CrossValidation(
    IReadOnlyList<double> FoldAccuracies, IReadOnlyList<Prediction> Predictions, ConfusionMatrix Confusion, CalibrationError Calibration)
{
    /// <summary>The mean of <see cref="FoldAccuracies"/>.</summary>
    public double Accuracy => FoldAccuracies.Average();

    /// <summary>For each fold: trains a classifier on all other folds, and predicts the classes of this fold.</summary>
    /// <param name="vectors">One vector per example.</param>
    /// <param name="labels">The class of each example.</param>
    /// <param name="folds">The fold of each example, from 0, for example from <see cref="Folds.Stratified"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">The lists have different lengths, or a training set has only one class.</exception>
    public static CrossValidation Run(
        VectorMatrix vectors,
        IReadOnlyList<string> labels,
        IReadOnlyList<int> folds,
        ClassifierOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(folds);
        Inputs.Check(vectors, 2, "cross-validation");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        if (folds.Count != vectors.Count)
        {
            throw new ArgumentException($"There are folds for {folds.Count} of {vectors.Count} vectors: give one for each vector.");
        }

        var (names, predictions, accuracies) = (folds.Distinct().Order().ToArray(), new Prediction[vectors.Count], new List<double>());
        if (names.Length < 2)
        {
            throw new ArgumentException("All examples are in one fold: cross-validation needs at least two.");
        }

        foreach (var fold in names)
        {
            int[] train = [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] != fold)],
                test = [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] == fold)];
            using var classifier = Classifier.Train(
                vectors.Take(train), [.. train.Select(i => labels[i])], options, null, cancellationToken);
            var found = classifier.Predict(vectors.Take(test));
            for (var i = 0; i < test.Length; i++)
            {
                predictions[test[i]] = found[i];
            }

            accuracies.Add(test.Average(i => predictions[i].Label == labels[i] ? 1.0 : 0));
            progress?.Report(new("folds", accuracies.Count, names.Length));
        }

        return new(accuracies, predictions, ConfusionMatrix.Of(labels, [.. predictions.Select(p => p.Label)]),
            CalibrationError.Measure(
                [.. predictions.Select(p => Math.Clamp(p.Probability, 0, 1))], [.. predictions.Select((p, i) => p.Label == labels[i])]));
    }
}
