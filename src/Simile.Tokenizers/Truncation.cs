namespace Simile.Tokenizers;

/// <summary>Which text of a pair is cut.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one first, then both.</summary>
    LongestFirst,

    /// <summary>Only the first.</summary>
    OnlyFirst,

    /// <summary>Only the second.</summary>
    OnlySecond,
}

/// <summary>A side of a text.</summary>
public enum Side
{
    /// <summary>The end of the text.</summary>
    Right,

    /// <summary>The beginning of the text.</summary>
    Left,
}

/// <summary>Cuts what is longer than a model takes; what was cut off is in <see cref="Encoding.Overflowing"/>.</summary>
/// <param name="MaxLength">Number of tokens that stay, special tokens included. Below the number of special tokens nothing is cut, as the reference has it.</param>
public sealed record Truncation(int MaxLength)
{
    /// <summary>Number of tokens that each overflowing piece repeats of the one before.</summary>
    public int Stride { get; init; }

    /// <summary>Which text of a pair is cut.</summary>
    public TruncationStrategy Strategy { get; init; }

    /// <summary>The side that is cut off.</summary>
    public Side Direction { get; init; }

    /// <summary>Refuses what cannot work.</summary>
    /// <param name="addedTokens">Number of special tokens around a single text.</param>
    /// <exception cref="ArgumentException">A length or a stride is negative, or the stride leaves no place for new tokens.</exception>
    internal void Validate(int addedTokens)
    {
        if (MaxLength < 0 || Stride < 0)
        {
            throw new ArgumentException($"Truncation needs a length and a stride of at least 0, not {MaxLength} and {Stride}.");
        }

        if (MaxLength >= addedTokens && MaxLength - addedTokens < Stride)
        {
            throw new ArgumentException(
                $"A stride of {Stride} tokens is too long for {MaxLength} tokens, of which {addedTokens} are special: take a smaller stride.");
        }
    }
}
