using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How a <see cref="Classifier"/> is trained: method, regularization, calibration. The defaults suit embeddings.</summary>
public sealed record ClassifierOptions
{
    /// <summary>The algorithm.</summary>
    public ClassifierKind Kind { get; init; } = ClassifierKind.LogisticRegression;

    /// <summary>
    /// scikit-learn's <c>C</c>, above 0: the weight of errors, which is the inverse of the regularization. For vectors of length 1, 1 to
    /// 100 are usual.
    /// </summary>
    public double C { get; init; } = 10;

    /// <summary>
    /// The number of voting examples for <see cref="ClassifierKind.NearestNeighbors"/>, at least 1; all if there are fewer. Votes are
    /// weighted by 1 / distance.
    /// </summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>The metric of the nearest examples; not <see cref="Metric.Dot"/>. Linear classifiers use vectors unchanged.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>How scores become probabilities.</summary>
    public CalibrationMethod Calibration { get; init; }

    /// <summary>Maximum number of optimizer iterations, at least 1.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>
    /// The optimizer stops when no gradient component exceeds this share of the largest initial component (or of 1, if that is larger).
    /// Above 0.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>The seed of the folds for calibration.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The model that made the vectors, which is saved with the classifier; null if unknown.</summary>
    public EmbeddingModelId? Model { get; init; }

    internal void Validate()
    {
        Inputs.CheckMetric(Metric, "A classifier by neighbors");
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        if (!(C is > 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(C), C, "C is a number above 0.");
        }

        if (!(Tolerance is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be between 0 and 1.");
        }

        if (!Enum.IsDefined(Kind) || !Enum.IsDefined(Calibration))
        {
            throw new ArgumentException($"The classifier kind {(int)Kind} or the calibration {(int)Calibration} does not exist.");
        }
    }
}
