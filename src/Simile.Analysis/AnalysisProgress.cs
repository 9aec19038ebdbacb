namespace Simile.Analysis;

/// <summary>Progress of a long call.</summary>
/// <param name="Step">The current step: "neighbors", "optimization".</param>
/// <param name="Done">The completed part of this step: rows, iterations or epochs.</param>
/// <param name="Total">The size of this step.</param>
public readonly record struct AnalysisProgress(string Step, int Done, int Total);
