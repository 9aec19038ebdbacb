namespace Simile.Tokenizers;

/// <summary>What a vocab.txt does not say; the defaults are those of BERT's uncased models.</summary>
public sealed record WordPieceOptions
{
    /// <summary>Controls go away, and white space of every kind becomes a space.</summary>
    public bool CleanText { get; init; } = true;

    /// <summary>Each Chinese character is a word of its own.</summary>
    public bool HandleChineseCharacters { get; init; } = true;

    /// <summary>Letters lose their accents; null: where <see cref="Lowercase"/> is set.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Letters become lower case.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Stands for a word that cannot be cut.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>Begins every text; the vocabulary must hold it.</summary>
    public string BeginToken { get; init; } = "[CLS]";

    /// <summary>Ends every text; the vocabulary must hold it.</summary>
    public string EndToken { get; init; } = "[SEP]";

    /// <summary>Fills batches.</summary>
    public string PaddingToken { get; init; } = "[PAD]";

    /// <summary>A word to guess.</summary>
    public string MaskToken { get; init; } = "[MASK]";

    /// <summary>What tokens that go on with a word begin with.</summary>
    public string ContinuationPrefix { get; init; } = "##";

    /// <summary>Longer words, in code points, are unknown.</summary>
    public int MaxWordLength { get; init; } = 100;
}
