namespace Simile.Evaluations;

/// <summary>Two texts, and how similar people say that they are.</summary>
/// <param name="A">The first text.</param>
/// <param name="B">The second text.</param>
/// <param name="Score">Greater is more similar, on any scale.</param>
public sealed record ScoredPair(string A, string B, double Score);
