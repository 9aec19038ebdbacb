using Simile.Numerics;

namespace Simile.Server.Models;

/// <summary>The vector of a text: a row of its batch.</summary>
/// <param name="Batch">The vectors of the batch.</param>
/// <param name="Row">The row of the text.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="IsCut">Whether the text was truncated to the model's maximum length.</param>
internal readonly record struct EmbeddedText(VectorMatrix Batch, int Row, int Tokens, bool IsCut)
{
    public ReadOnlySpan<float> Vector => Batch[Row];
}
