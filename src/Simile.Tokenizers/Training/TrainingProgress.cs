namespace Simile.Tokenizers.Training;

/// <summary>How far the training of a tokenizer is. Counts are of the unit that <see cref="Stage"/> names.</summary>
/// <param name="Stage">The unit: "texts", then "merges" or "pieces".</param>
/// <param name="Done">Number done.</param>
/// <param name="Total">Total number; 0 if unknown.</param>
public readonly record struct TrainingProgress(string Stage, long Done, long Total);
