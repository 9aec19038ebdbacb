using System.Text;

namespace Simile.Server.Models;

/// <summary>A text to embed.</summary>
/// <param name="Text">The text.</param>
/// <param name="Prompt">The name of a prompt of the model; null for its default.</param>
internal readonly record struct TextInput(string Text, string? Prompt)
{
    /// <summary>The estimated number of tokens: one for four bytes of UTF-8, and the special tokens.</summary>
    public static int EstimateTokens(string text) => (Encoding.UTF8.GetByteCount(text) / 4) + 2;
}
