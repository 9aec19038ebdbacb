using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>Whether the result for a word may be cached.</summary>
internal enum WordMemory
{
    /// <summary>Its pieces are always the same.</summary>
    Kept,

    /// <summary>Its pieces are correct here, but may differ after another text.</summary>
    NotKept,

    /// <summary>Its pieces depend on other words: the whole text must be processed at once.</summary>
    Refused,
}

/// <summary>A model for whole texts that can also process them word by word. Every word starts with one or more ▁.</summary>
internal interface IMarkedWords
{
    /// <summary>Whether word by word gives the same tokens: no piece has ▁ after another character, and nothing else joins words.</summary>
    bool HasSeparateWords { get; }

    /// <summary>Scores by id if the pieces of a word may depend on the running sum of scores; otherwise null.</summary>
    float[]? Scores { get; }

    /// <summary>The word cache of a workspace.</summary>
    WordCache Words(Workspace work);

    /// <summary>Writes the pieces of a normalized word to the <see cref="WordCache.Symbols"/> of its words.</summary>
    /// <param name="word">The word.</param>
    /// <param name="sum">The sum of the scores before it.</param>
    /// <param name="work">The workspace of the words.</param>
    WordMemory Encode(ReadOnlySpan<char> word, float sum, Workspace work);
}
