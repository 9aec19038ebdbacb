using Simile.Numerics;

namespace Simile.Models;

/// <summary>The result of <see cref="TextEmbedder.EmbedWithUsage"/>.</summary>
/// <param name="Vectors">Row i belongs to text i.</param>
/// <param name="Tokens">Total number of tokens, special tokens included.</param>
/// <param name="CutTexts">
/// The indices of texts longer than <see cref="TextEmbedder.MaxSequenceLength"/>, ascending. Only their beginning was embedded.
/// </param>
public sealed record TextVectors(VectorMatrix Vectors, long Tokens, IReadOnlyList<int> CutTexts)
{
    /// <summary>Number of tokens of each text, special tokens included.</summary>
    public IReadOnlyList<int> TextTokens { get; init; } = [];
}
