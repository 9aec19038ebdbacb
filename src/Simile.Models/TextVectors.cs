using Simile.Numerics;

namespace Simile.Models;

/// <summary>What <see cref="TextEmbedder.EmbedWithUsage"/> gives.</summary>
/// <param name="Vectors">Row i for text i.</param>
/// <param name="Tokens">Tokens read in all, special tokens counted.</param>
/// <param name="CutTexts">The texts that were longer than <see cref="TextEmbedder.MaxSequenceLength"/>, ascending: only their beginning has a part in the vector.</param>
public sealed record TextVectors(VectorMatrix Vectors, long Tokens, IReadOnlyList<int> CutTexts);
