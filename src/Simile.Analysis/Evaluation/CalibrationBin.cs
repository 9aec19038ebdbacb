namespace Simile.Analysis;

/// <summary>Predictions of about one probability.</summary>
/// <param name="Probability">The mean of their probabilities.</param>
/// <param name="Accuracy">The share that was right.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct CalibrationBin(double Probability, double Accuracy, int Count)
{
    internal double Gap => Math.Abs(Probability - Accuracy);
}
