namespace Simile.Tokenizers;

/// <summary>Which text of a pair is shortened.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one first, then both.</summary>
    LongestFirst,

    /// <summary>Tokens are removed from the first text; the second stays whole.</summary>
    OnlyFirst,

    /// <summary>Tokens are removed from the second text; the first stays whole.</summary>
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

/// <summary>Shortens encodings to a maximum length. The removed tokens are in <see cref="Encoding.Overflowing"/>.</summary>
/// <param name="MaxLength">
/// Number of tokens to keep, special tokens included. Below the number of special tokens nothing is removed, as in the reference.
/// </param>
public sealed record Truncation(int MaxLength)
{
    /// <summary>Number of tokens that each overflowing encoding repeats from the previous one.</summary>
    public int Stride { get; init; }

    /// <summary>Which text of a pair is shortened.</summary>
    public TruncationStrategy Strategy { get; init; }

    /// <summary>The side that is cut off.</summary>
    public Side Direction { get; init; }

    /// <summary>Throws if the options are invalid.</summary>
    /// <param name="addedTokens">Number of special tokens around a single text.</param>
    /// <exception cref="ArgumentException">A length or a stride is negative, or the stride leaves no room for new tokens.</exception>
    internal void Validate(int addedTokens)
    {
        if (MaxLength < 0 || Stride < 0)
        {
            throw new ArgumentException($"The truncation length ({MaxLength}) and stride ({Stride}) must be at least 0.");
        }

        if (MaxLength >= addedTokens && MaxLength - addedTokens < Stride)
        {
            throw new ArgumentException(
                $"A stride of {Stride} tokens is too large for {MaxLength} tokens, of which {addedTokens} are special: "
                + "use a smaller stride.");
        }
    }
}
