namespace Simile.Tokenizers.Normalizers;

/// <summary>What a SentencePiece model does with white space; the names and defaults are its normalizer spec's.</summary>
internal sealed record SentencePieceOptions
{
    /// <summary>A space before every text (behind it with <see cref="WhitespaceAsSuffix"/>), so that a first word is like any other.</summary>
    public bool AddDummyPrefix { get; init; } = true;

    /// <summary>No space at the ends and never two of them.</summary>
    public bool RemoveExtraWhitespaces { get; init; } = true;

    /// <summary>Spaces are written as U+2581.</summary>
    public bool EscapeWhitespaces { get; init; } = true;

    /// <summary>Words end with their space instead of beginning with it.</summary>
    public bool WhitespaceAsSuffix { get; init; }
}
