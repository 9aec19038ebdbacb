using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Training.</content>
public sealed partial class Classifier
{
    private const int CalibrationFolds = 5;

    /// <summary>Trains a classifier on examples.</summary>
    /// <param name="vectors">One vector per example.</param>
    /// <param name="labels">The class of each example. At least two different classes.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// The number of labels differs from that of vectors, there is only one class, a label is empty, a vector holds NaN or infinity, or an
    /// option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Classifier Train(
        VectorMatrix vectors,
        IReadOnlyList<string> labels,
        ClassifierOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ClassifierOptions();
        options.Validate();
        var classes = CheckExamples(vectors, labels);
        var numbers = labels.Select(label => Array.BinarySearch(classes, label, StringComparer.Ordinal)).ToArray();
        var calibrator = options.Calibration == CalibrationMethod.None
            ? new Calibrator(CalibrationMethod.None, [])
            : Calibrate(vectors, labels, numbers, classes.Length, options, cancellationToken);
        if (options.Kind == ClassifierKind.NearestNeighbors)
        {
            var own = new VectorMatrix(vectors.AsSpan().ToArray(), vectors.Dimensions);
            return new Classifier(
                classes,
                vectors.Dimensions,
                options,
                null,
                new NeighborVotes(own, numbers, classes.Length, options.Neighbors, options.Metric),
                calibrator);
        }

        return new Classifier(
            classes,
            vectors.Dimensions,
            options,
            Optimize(vectors, numbers, classes.Length, options, progress, cancellationToken),
            null,
            calibrator);
    }

    private static LinearWeights Optimize(
        VectorMatrix vectors,
        int[] labels,
        int classes,
        ClassifierOptions options,
        IProgress<AnalysisProgress>? progress,
        CancellationToken cancellationToken)
    {
        ILinearLoss loss = options.Kind == ClassifierKind.LinearSvm ? new SquaredHingeLoss() : new LogisticLoss();
        var objective = new LinearObjective(vectors, labels, classes, loss, options.C);
        Action<int>? report = progress is null ? null : step => progress.Report(new("optimization", step, options.MaxIterations));
        var best = Lbfgs.Minimize(
            objective.Evaluate, new double[objective.Parameters], options.MaxIterations, options.Tolerance, report, cancellationToken);
        return LinearWeights.Of(best, objective.Rows, vectors.Dimensions);
    }

    // Each example is scored by a classifier that was trained without it.
    private static Calibrator Calibrate(
        VectorMatrix vectors,
        IReadOnlyList<string> labels,
        int[] numbers,
        int classes,
        ClassifierOptions options,
        CancellationToken cancellationToken)
    {
        var folds = Folds.Stratified(labels, Math.Min(CalibrationFolds, vectors.Count), options.Seed);
        var (scores, known) = (new VectorMatrix(vectors.Count, classes), new List<int>());
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            int[] train = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)],
                test = [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)];
            // The only example of a class cannot be left out.
            if (train.Select(i => labels[i]).Distinct(StringComparer.Ordinal).Count() < classes)
            {
                continue;
            }

            using var part = Train(
                vectors.Take(train),
                [.. train.Select(i => labels[i])],
                options with { Calibration = CalibrationMethod.None },
                null,
                cancellationToken);
            var found = part.Scores(vectors.Take(test));
            for (var i = 0; i < test.Length; i++)
            {
                found[i].CopyTo(scores[known.Count]);
                known.Add(numbers[test[i]]);
            }
        }

        if (known.Count == 0)
        {
            throw new ArgumentException(
                "A class has too few examples for calibration: "
                + $"give each class at least {CalibrationFolds}, or train without calibration.");
        }

        return Calibrator.Fit(options.Calibration, scores.Slice(0, known.Count), [.. known]);
    }

    private static string[] CheckExamples(VectorMatrix vectors, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Inputs.Check(vectors, 2, "a classifier");
        Inputs.CheckLabels(labels.Count, vectors.Count);
        var empty = labels.ToList().FindIndex(string.IsNullOrEmpty);
        if (empty >= 0)
        {
            throw new ArgumentException($"Example {empty} has no label: label it, or leave it out.");
        }

        var classes = labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (classes.Length < 2)
        {
            throw new ArgumentException(
                $"All {labels.Count} examples are of the class '{classes[0]}': a classifier needs examples of at least two classes.");
        }

        return classes;
    }
}
