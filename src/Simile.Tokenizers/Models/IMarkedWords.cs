using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>What may be remembered of a word.</summary>
internal enum WordMemory
{
    /// <summary>Its pieces are always the same.</summary>
    Kept,

    /// <summary>Its pieces are right here, but may be others behind another text.</summary>
    NotKept,

    /// <summary>Its pieces depend on other words: the whole text must be taken as one.</summary>
    Refused,
}

/// <summary>A model that takes a text as one piece, but could take it word by word: every word begins with ▁, or with several.</summary>
internal interface IMarkedWords
{
    /// <summary>Whether that gives the same tokens: no piece has ▁ behind another character, nor does anything else join words.</summary>
    bool HasSeparateWords { get; }

    /// <summary>Scores by id, where the pieces of a word may depend on the sum of scores before it; null otherwise.</summary>
    float[]? Scores { get; }

    /// <summary>The words that a workspace remembers.</summary>
    WordCache Words(Workspace work);

    /// <summary>Puts the pieces of a normalised word into the <see cref="WordCache.Symbols"/> of its words.</summary>
    /// <param name="word">The word.</param>
    /// <param name="sum">The sum of the scores before it.</param>
    /// <param name="work">Whose words.</param>
    WordMemory Encode(ReadOnlySpan<char> word, float sum, Workspace work);
}
