namespace Simile.Analysis;

/// <summary>How well a classifier does that has seen few examples of each class.</summary>
/// <param name="Shots">Examples of each class.</param>
/// <param name="Accuracy">The mean accuracy over draws, on the examples that were not drawn.</param>
/// <param name="Deviation">The standard deviation over draws.</param>
public readonly record struct FewShotPoint(int Shots, double Accuracy, double Deviation);
