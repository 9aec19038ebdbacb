namespace Simile.Models;

/// <summary>A token of a text with its vector.</summary>
/// <param name="Token">As the vocabulary writes it.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="End">Where it ends: the first unit behind it.</param>
/// <param name="Vector">Its vector, not brought to length 1.</param>
public sealed record TokenVector(string Token, int Start, int End, ReadOnlyMemory<float> Vector);
