namespace Simile.Tokenizers.Normalizers;

/// <summary>White space options of a SentencePiece model. Names and defaults are those of its normalizer spec.</summary>
internal sealed record SentencePieceOptions
{
    /// <summary>
    /// Puts a space before every text (after it with <see cref="WhitespaceAsSuffix"/>), so that the first word is treated like any other.
    /// </summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>Removes spaces at the ends and merges repeated spaces.</summary>
    public bool RemoveExtraWhitespaces { get; init; } = true;

    /// <summary>Spaces are written as U+2581.</summary>
    public bool EscapeWhitespaces { get; init; } = true;

    /// <summary>Words end with their space instead of starting with it.</summary>
    public bool WhitespaceAsSuffix { get; init; }
}
