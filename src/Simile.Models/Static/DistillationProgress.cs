namespace Simile.Models;

/// <summary>The stage that the making of a static model is in, and how much of the stage is done.</summary>
/// <param name="Stage">The current stage in a few words, for display.</param>
/// <param name="Done">Number of items done in this stage.</param>
/// <param name="Total">Number of items in this stage.</param>
public sealed record DistillationProgress(string Stage, int Done, int Total);
