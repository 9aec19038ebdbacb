namespace Simile.Analysis;

/// <summary>The class of an item.</summary>
/// <param name="Label">The most probable class, among equally probable ones the first in order.</param>
/// <param name="Probability">Its probability, in [0, 1].</param>
public readonly record struct Prediction(string Label, float Probability);
