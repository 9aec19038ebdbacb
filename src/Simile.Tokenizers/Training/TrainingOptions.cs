namespace Simile.Tokenizers.Training;

/// <summary>Size, special tokens and method of a vocabulary that is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The type of vocabulary. Default: byte-level BPE.</summary>
    public TokenizerKind Kind { get; init; } = TokenizerKind.Bpe;

    /// <summary>
    /// Number of tokens including special tokens; fewer if the texts do not yield more. Default: 30,000, as in the Rust library
    /// (SentencePiece: 8,000).
    /// </summary>
    public int VocabularySize { get; init; } = 30_000;

    /// <summary>
    /// Minimum number of occurrences of a pair or piece. Default: 2; with 1, a token may only repeat a single place of the texts.
    /// </summary>
    public int MinFrequency { get; init; } = 2;

    /// <summary>
    /// Special tokens. They get the first ids, in this order. Default (null): &lt;|endoftext|&gt; for BPE; [PAD], [UNK], [CLS], [SEP] and
    /// [MASK] for WordPiece; &lt;s&gt;, &lt;pad&gt;, &lt;/s&gt;, &lt;unk&gt; and &lt;mask&gt; for Unigram. A missing unknown token is added
    /// in front.
    /// </summary>
    public IReadOnlyList<string>? SpecialTokens { get; init; }

    /// <summary>Whether to lowercase texts. WordPiece then also strips accents, as in BERT. Default: false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>
    /// Maximum number of characters with a token of their own: the most frequent ones, at most half of the vocabulary. Byte-level BPE
    /// always has its 256 letters and ignores this. Default: 8,000, which is enough for Chinese.
    /// </summary>
    public int AlphabetLimit { get; init; } = 8_000;

    /// <summary>
    /// Maximum length of a piece, in letters of the alphabet (UTF-16 units; bytes for BPE). Default (null): 16 for Unigram, as in
    /// SentencePiece; no limit for the others.
    /// </summary>
    public int? MaxPieceLength { get; init; }

    /// <summary>Unigram: the share of pieces that each pruning keeps. Default: 0.75, as in SentencePiece.</summary>
    public double ShrinkingFactor { get; init; } = 0.75;

    /// <summary>Unigram: the number of EM iterations between two prunings. Default: 2, as in SentencePiece.</summary>
    public int Subiterations { get; init; } = 2;

    /// <summary>Unigram: the number of initial pieces. Default: 1,000,000, as in SentencePiece.</summary>
    public int SeedSize { get; init; } = 1_000_000;

    /// <summary>Throws if the options are invalid together.</summary>
    /// <exception cref="ArgumentException">An option is invalid. The message names it and the reason.</exception>
    internal void Validate()
    {
        Require(Enum.IsDefined(Kind), $"The vocabulary kind {Kind} does not exist.");
        Require(MinFrequency >= 1, $"The minimum frequency is {MinFrequency}, but must be at least 1.");
        Require(AlphabetLimit >= 1, $"The alphabet limit is {AlphabetLimit}, but must be at least 1.");
        Require(MaxPieceLength is null or >= 1 and <= 256, $"The maximum piece length is {MaxPieceLength}, but must be 1 to 256.");
        Require(ShrinkingFactor is > 0 and < 1, $"The shrinking factor is {ShrinkingFactor}, but must be between 0 and 1.");
        Require(
            Subiterations is >= 1 and <= 100, $"The number of iterations between two prunings is {Subiterations}, but must be 1 to 100.");
        Require(SeedSize is >= 1 and <= 1_000_000, $"The number of initial pieces is {SeedSize}, but must be 1 to 1,000,000.");
        var specials = AllSpecialTokens();
        Require(specials.All(token => token.Length > 0), "A special token is empty.");
        Require(specials.Distinct(StringComparer.Ordinal).Count() == specials.Length, "A special token is given twice.");
        var least = specials.Length + (Kind == TokenizerKind.Bpe ? 256 : 2);
        Require(
            VocabularySize >= least && VocabularySize <= 1_000_000,
            $"The vocabulary size is {VocabularySize}, but with these special tokens it must be {least} to 1000000.");
    }

    /// <summary>The unknown token; null for byte-level BPE, which needs none.</summary>
    internal string? Unknown => Kind switch { TokenizerKind.WordPiece => "[UNK]", TokenizerKind.Unigram => "<unk>", _ => null };

    /// <summary>The active special tokens, in the order of their ids.</summary>
    internal string[] AllSpecialTokens()
    {
        IReadOnlyList<string> tokens = SpecialTokens ?? Kind switch
        {
            TokenizerKind.Bpe => ["<|endoftext|>"],
            TokenizerKind.WordPiece => ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
            _ => ["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        };
        return Unknown is { } unknown && !tokens.Contains(unknown, StringComparer.Ordinal) ? [unknown, .. tokens] : [.. tokens];
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
