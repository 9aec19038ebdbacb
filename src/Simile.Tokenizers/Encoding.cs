namespace Simile.Tokenizers;

/// <summary>A text (or a pair of texts) as tokens. All arrays have the same length.</summary>
public sealed class Encoding
{
    /// <summary>Vocabulary ids: a model's input_ids.</summary>
    public required int[] Ids { get; init; }

    /// <summary>0 for tokens of the first text, 1 for tokens of the second (token_type_ids).</summary>
    public required int[] TypeIds { get; init; }

    /// <summary>The tokens as written in the vocabulary.</summary>
    public required string[] Tokens { get; init; }

    /// <summary>The position of each token: [Start, End) in UTF-16 units of its text; (0, 0) for added special tokens.</summary>
    public required (int Start, int End)[] Offsets { get; init; }

    /// <summary>0 for tokens of the first text, 1 for tokens of the second, -1 for added special tokens and padding.</summary>
    public required int[] Sequences { get; init; }

    /// <summary>1 for special tokens that the post-processor added, and for padding.</summary>
    public required int[] SpecialTokensMask { get; init; }

    /// <summary>1 for tokens, 0 for padding.</summary>
    public required int[] AttentionMask { get; init; }

    /// <summary>The tokens removed by truncation, in encodings of the same length.</summary>
    public IReadOnlyList<Encoding> Overflowing { get; init; } = [];
}
