namespace Simile.Tokenizers;

/// <summary>Settings that a vocab.txt does not contain. The defaults are those of BERT's uncased models.</summary>
public sealed record WordPieceOptions
{
    /// <summary>Whether to remove control characters and turn all white space into spaces.</summary>
    public bool CleanText { get; init; } = true;

    /// <summary>Whether each Chinese character is its own word.</summary>
    public bool HandleChineseCharacters { get; init; } = true;

    /// <summary>Whether to strip accents; null: as <see cref="Lowercase"/>.</summary>
    public bool? StripAccents { get; init; }

    /// <summary>Whether upper-case letters become lower-case ones before words are looked up.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Stands for a word that the vocabulary cannot spell.</summary>
    public string UnknownToken { get; init; } = "[UNK]";

    /// <summary>The token before every text. The vocabulary must contain it.</summary>
    public string BeginToken { get; init; } = "[CLS]";

    /// <summary>The token after every text. The vocabulary must contain it.</summary>
    public string EndToken { get; init; } = "[SEP]";

    /// <summary>Fills shorter texts of a batch. Used if the vocabulary contains it.</summary>
    public string PaddingToken { get; init; } = "[PAD]";

    /// <summary>Stands for a hidden word in masked language models. Used if the vocabulary contains it.</summary>
    public string MaskToken { get; init; } = "[MASK]";

    /// <summary>The prefix of continuation tokens.</summary>
    public string ContinuationPrefix { get; init; } = "##";

    /// <summary>Longer words, in code points, are unknown.</summary>
    public int MaxWordLength { get; init; } = 100;
}
