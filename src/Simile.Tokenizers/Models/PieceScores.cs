using System.Numerics;

namespace Simile.Tokenizers.Models;

/// <summary>What a lattice asks of a vocabulary.</summary>
/// <typeparam name="T">float in SentencePiece, double in the tokenizers library: sums round differently, so near ties fall differently.</typeparam>
/// <param name="Trie">The pieces that a text may be cut into.</param>
/// <param name="Scores">By id; finite.</param>
/// <param name="UnknownScore">Of a character that is not a piece.</param>
/// <param name="UnknownId">The id of such a character, or -1: then it is an error.</param>
internal sealed record PieceScores<T>(PieceTrie Trie, T[] Scores, T UnknownScore, int UnknownId)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    // Latin, Greek, Cyrillic and ▁: what most pieces begin with.
    private const int FirstUnits = 0x2600;

    /// <summary>The nodes behind the root for the most frequent units.</summary>
    public int[] FirstNodes { get; } = Trie.FirstNodes(FirstUnits);
}
