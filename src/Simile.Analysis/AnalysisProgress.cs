namespace Simile.Analysis;

/// <summary>How far a long call is.</summary>
/// <param name="Step">What is being done, in the field's words: "neighbors", "optimization".</param>
/// <param name="Done">How much of this step is done: rows, iterations or epochs.</param>
/// <param name="Total">How much this step is.</param>
public readonly record struct AnalysisProgress(string Step, int Done, int Total);
