using System.Numerics;

namespace Simile.Tokenizers.Models;

/// <summary>The vocabulary of a lattice.</summary>
/// <typeparam name="T">
/// float in SentencePiece, double in the tokenizers library. Their sums round differently, so near ties differ.
/// </typeparam>
/// <param name="Trie">The possible pieces of a text.</param>
/// <param name="Scores">Finite scores by id.</param>
/// <param name="UnknownScore">The score of an unknown character.</param>
/// <param name="UnknownId">The id of an unknown character, or -1: then it is an error.</param>
internal sealed record PieceScores<T>(PieceTrie Trie, T[] Scores, T UnknownScore, int UnknownId)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    // Latin, Greek, Cyrillic and ▁: the first characters of most pieces.
    private const int FirstUnits = 0x2600;

    /// <summary>The nodes below the root for the most frequent units.</summary>
    public int[] FirstNodes { get; } = Trie.FirstNodes(FirstUnits);
}
