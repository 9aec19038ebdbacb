using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How a <see cref="Classifier"/> is trained.</summary>
public sealed record ClassifierOptions
{
    /// <summary>How it decides.</summary>
    public ClassifierKind Kind { get; init; } = ClassifierKind.LogisticRegression;

    /// <summary>How much errors weigh against large weights, above 0: scikit-learn's <c>C</c>, the inverse of the penalty. For vectors of length 1, 1 to 100 are usual.</summary>
    public double C { get; init; } = 10;

    /// <summary>Examples that vote, at least 1, for <see cref="ClassifierKind.NearestNeighbors"/>; more than there are means all. Votes weigh 1 / distance.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>How the nearest examples are found; not <see cref="Metric.Dot"/>. Linear classifiers take vectors as they are.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>How scores become probabilities.</summary>
    public CalibrationMethod Calibration { get; init; }

    /// <summary>Most iterations of the optimizer, at least 1.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>The optimizer ends when no component of the gradient is above this, a share of the first gradient's greatest one or of 1, whichever is greater. Above 0.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Decides the folds that calibration takes.</summary>
    public int Seed { get; init; } = 1;

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
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is a number between 0 and 1.");
        }

        if (!Enum.IsDefined(Kind) || !Enum.IsDefined(Calibration))
        {
            throw new ArgumentException($"There is no classifier {(int)Kind} with calibration {(int)Calibration}.");
        }
    }
}
