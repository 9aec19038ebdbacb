using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How well a classifier does on examples that it was not trained on: each fold is predicted by a classifier that learned the others.</summary>
/// <param name="FoldAccuracies">The share of each fold that was predicted rightly.</param>
/// <param name="Predictions">What was predicted for each example.</param>
/// <param name="Confusion">True and predicted classes of all examples.</param>
/// <param name="Calibration">How far the probabilities are from what happens.</param>
public sealed record CrossValidation(IReadOnlyList<double> FoldAccuracies, IReadOnlyList<Prediction> Predictions, ConfusionMatrix Confusion, CalibrationError Calibration)
{
    /// <summary>The mean of <see cref="FoldAccuracies"/>.</summary>
    public double Accuracy => FoldAccuracies.Average();

    /// <summary>Cross-validates.</summary>
    /// <param name="vectors">One vector for each example.</param>
    /// <param name="labels">The class of each.</param>
    /// <param name="folds">The fold of each, from 0, as <see cref="Folds.Stratified"/> makes them.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told which fold is done; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">Labels or folds do not fit the vectors, or a fold leaves examples of one class only.</exception>
    public static CrossValidation Run(
        VectorMatrix vectors, IReadOnlyList<string> labels, IReadOnlyList<int> folds, ClassifierOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellationToken = default)
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
            int[] train = [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] != fold)], test = [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] == fold)];
            using var classifier = Classifier.Train(Rows(vectors, train), [.. train.Select(i => labels[i])], options, null, cancellationToken);
            var found = classifier.Predict(Rows(vectors, test));
            for (var i = 0; i < test.Length; i++)
            {
                predictions[test[i]] = found[i];
            }

            accuracies.Add(test.Average(i => predictions[i].Label == labels[i] ? 1.0 : 0));
            progress?.Report(new("folds", accuracies.Count, names.Length));
        }

        return new(accuracies, predictions, ConfusionMatrix.Of(labels, [.. predictions.Select(p => p.Label)]),
            CalibrationError.Measure([.. predictions.Select(p => Math.Clamp(p.Probability, 0, 1))], [.. predictions.Select((p, i) => p.Label == labels[i])]));
    }

    internal static VectorMatrix Rows(VectorMatrix vectors, int[] which)
    {
        var rows = new VectorMatrix(which.Length, vectors.Dimensions);
        for (var i = 0; i < which.Length; i++)
        {
            vectors[which[i]].CopyTo(rows[i]);
        }

        return rows;
    }
}
