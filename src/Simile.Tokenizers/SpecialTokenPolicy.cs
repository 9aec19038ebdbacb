namespace Simile.Tokenizers;

/// <summary>What becomes of special tokens that stand in a text; in force by <see cref="Tokenizer.With(SpecialTokenPolicy)"/>.</summary>
/// <remarks>A text that somebody else wrote may hold special tokens to make a model do what it should not.</remarks>
public sealed record SpecialTokenPolicy
{
    /// <summary>All become their ids: what a loaded tokenizer does.</summary>
    public static SpecialTokenPolicy AllowAll { get; } = new();

    /// <summary>All are text like any other: tiktoken's encode_ordinary.</summary>
    public static SpecialTokenPolicy AsText { get; } = new() { Allowed = [] };

    /// <summary>A text that holds one is refused: tiktoken's encode.</summary>
    public static SpecialTokenPolicy RefuseAll { get; } = new() { Allowed = [], Refused = null };

    /// <summary>Those that become their ids; null for all (tiktoken's allowed_special).</summary>
    public IReadOnlyCollection<string>? Allowed { get; init; }

    /// <summary>Those that a text must not hold; null for all that are not allowed (tiktoken's disallowed_special). What is in neither is text.</summary>
    public IReadOnlyCollection<string>? Refused { get; init; } = [];
}
