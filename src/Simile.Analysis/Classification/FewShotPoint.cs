namespace Simile.Analysis;

/// <summary>The accuracy with a number of examples per class.</summary>
/// <param name="Shots">Number of examples per class.</param>
/// <param name="Accuracy">Mean accuracy on the examples that were not drawn.</param>
/// <param name="Deviation">Standard deviation over the draws.</param>
public readonly record struct FewShotPoint(int Shots, double Accuracy, double Deviation);
