namespace Simile.Analysis;

/// <summary>A bin of predictions with similar probabilities.</summary>
/// <param name="Probability">Their mean probability.</param>
/// <param name="Accuracy">The share of correct ones.</param>
/// <param name="Count">Number of predictions.</param>
public readonly record struct CalibrationBin(double Probability, double Accuracy, int Count)
{
    internal double Gap => Math.Abs(Probability - Accuracy);
}
