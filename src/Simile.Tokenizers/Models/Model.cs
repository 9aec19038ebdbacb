using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>Converts a piece of normalized text to tokens. Immutable.</summary>
internal abstract class Model
{
    /// <summary>Number of ids.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The id of the unknown token, or -1.</summary>
    public abstract int UnknownId { get; }

    /// <summary>Appends the tokens of [start, end) to the workspace.</summary>
    public abstract void Tokenize(AlignedText text, int start, int end, Workspace work);

    /// <summary>The id of a token, or -1.</summary>
    public abstract int TokenToId(ReadOnlySpan<char> token);

    /// <summary>The token of an id, or null.</summary>
    public abstract string? IdToToken(int id);
}
