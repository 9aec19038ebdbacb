namespace Simile.Tokenizers;

/// <summary>What happens to special tokens in a text. Set it with <see cref="Tokenizer.With(SpecialTokenPolicy)"/>.</summary>
/// <remarks>Text from others may contain special tokens in order to manipulate a model (prompt injection).</remarks>
public sealed record SpecialTokenPolicy
{
    /// <summary>All become their ids: the default of a loaded tokenizer.</summary>
    public static SpecialTokenPolicy AllowAll { get; } = new();

    /// <summary>All are plain text: tiktoken's encode_ordinary.</summary>
    public static SpecialTokenPolicy AsText { get; } = new() { Allowed = [] };

    /// <summary>A text with a special token is refused: tiktoken's encode.</summary>
    public static SpecialTokenPolicy RefuseAll { get; } = new() { Allowed = [], Refused = null };

    /// <summary>The special tokens that become their ids; null for all (tiktoken's allowed_special).</summary>
    public IReadOnlyCollection<string>? Allowed { get; init; }

    /// <summary>
    /// The special tokens that are refused; null for all that are not allowed (tiktoken's disallowed_special). Those in neither list are
    /// plain text.
    /// </summary>
    public IReadOnlyCollection<string>? Refused { get; init; } = [];
}
