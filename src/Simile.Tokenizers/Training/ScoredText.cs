namespace Simile.Tokenizers.Training;

/// <summary>A piece of a Unigram vocabulary. Its score is the natural logarithm of its probability.</summary>
internal readonly record struct ScoredText(string Text, double Score);
