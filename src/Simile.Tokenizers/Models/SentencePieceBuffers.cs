using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>The buffers that SentencePiece's models keep in a workspace between calls.</summary>
internal sealed class SentencePieceBuffers
{
    /// <summary>For Unigram's search.</summary>
    public Lattice<float> Lattice { get; } = new();

    /// <summary>For merging characters.</summary>
    public Symbols Symbols { get; } = new();

    /// <summary>The pieces of a part of a text.</summary>
    public Symbols Pieces { get; } = new();

    /// <summary>The word cache.</summary>
    public WordCache Words => field ??= new WordCache();

    /// <summary>The buffers of a workspace.</summary>
    public static SentencePieceBuffers Of(Workspace work) =>
        work.ModelState as SentencePieceBuffers ?? (SentencePieceBuffers)(work.ModelState = new SentencePieceBuffers());
}
