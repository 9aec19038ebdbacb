namespace Simile.Tokenizers;

/// <summary>Pads encodings to one length.</summary>
public sealed record Padding
{
    /// <summary>The length; null for the longest of the batch.</summary>
    public int? Length { get; init; }

    /// <summary>The length is rounded up to a multiple of this.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>The side that is padded.</summary>
    public Side Direction { get; init; }

    /// <summary>The id of the padding token.</summary>
    public int Id { get; init; }

    /// <summary>The token type of padding positions: 0 for almost all models.</summary>
    public int TypeId { get; init; }

    /// <summary>Its text, which only decoding shows: models see <see cref="Id"/>.</summary>
    public string Token { get; init; } = "[PAD]";

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">A length is negative or beyond 2^24 tokens.</exception>
    internal void Validate()
    {
        if (Length is < 0 or > 1 << 24 || MultipleOf is < 0 or > 1 << 24)
        {
            throw new ArgumentException($"The padding length ({Length}) and its multiple ({MultipleOf}) must be from 0 to {1 << 24}.");
        }
    }
}
