namespace Simile.Models;

/// <summary>How far a distillation is.</summary>
/// <param name="Stage">What is being done, in a few words for people.</param>
/// <param name="Done">Items of this stage that are done.</param>
/// <param name="Total">Items of this stage.</param>
public sealed record DistillationProgress(string Stage, int Done, int Total);
