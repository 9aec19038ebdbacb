namespace Simile.Models;

/// <summary>A word with its score; greater is closer.</summary>
/// <param name="Word">The word as the file writes it.</param>
/// <param name="Score">A cosine, except where the method says otherwise.</param>
public readonly record struct WordScore(string Word, float Score);
