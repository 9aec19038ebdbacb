namespace Simile.Tokenizers.Training;

/// <summary>Progress of a training.</summary>
/// <param name="Stage">The unit: "texts", then "merges" or "pieces".</param>
/// <param name="Done">Number done.</param>
/// <param name="Total">Total number; 0 if unknown.</param>
public readonly record struct TrainingProgress(string Stage, long Done, long Total);
