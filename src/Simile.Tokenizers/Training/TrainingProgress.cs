namespace Simile.Tokenizers.Training;

/// <summary>How far a training is.</summary>
/// <param name="Stage">What is counted: "texts", then "merges" or "pieces".</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Total">How many there will be; 0 where that is unknown.</param>
public readonly record struct TrainingProgress(string Stage, long Done, long Total);
