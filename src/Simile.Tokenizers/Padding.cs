namespace Simile.Tokenizers;

/// <summary>Fills encodings up to one length.</summary>
public sealed record Padding
{
    /// <summary>The length; null is the longest of the batch.</summary>
    public int? Length { get; init; }

    /// <summary>The length is rounded up to a multiple of this.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>The side where padding goes.</summary>
    public Side Direction { get; init; }

    /// <summary>The id of padding.</summary>
    public int Id { get; init; }

    /// <summary>The type id of padding.</summary>
    public int TypeId { get; init; }

    /// <summary>The token of padding.</summary>
    public string Token { get; init; } = "[PAD]";

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">A length is negative or beyond 2^24 tokens.</exception>
    internal void Validate()
    {
        if (Length is < 0 or > 1 << 24 || MultipleOf is < 0 or > 1 << 24)
        {
            throw new ArgumentException($"Padding needs lengths from 0 to {1 << 24}, not {Length} and multiples of {MultipleOf}.");
        }
    }
}
