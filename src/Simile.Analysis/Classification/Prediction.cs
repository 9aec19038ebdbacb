namespace Simile.Analysis;

/// <summary>The class of an item.</summary>
/// <param name="Label">The most probable class. Ties go to the first.</param>
/// <param name="Probability">Its probability, in [0, 1].</param>
public readonly record struct Prediction(string Label, float Probability);
