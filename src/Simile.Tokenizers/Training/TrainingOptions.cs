namespace Simile.Tokenizers.Training;

/// <summary>How a vocabulary is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>What the vocabulary is made of. Default: byte pairs.</summary>
    public TokenizerKind Kind { get; init; } = TokenizerKind.Bpe;

    /// <summary>Number of tokens, special ones included; there are fewer where the texts do not give more. Default: 30,000, as in the Rust library (SentencePiece: 8,000).</summary>
    public int VocabularySize { get; init; } = 30_000;

    /// <summary>How often a pair or a piece must be there at least. Default: 2, below which a token only repeats one place of the texts.</summary>
    public int MinFrequency { get; init; } = 2;

    /// <summary>
    /// Special tokens, which get the first ids in this order. Default (null): &lt;|endoftext|&gt; for byte pairs; [PAD], [UNK], [CLS], [SEP] and
    /// [MASK] for word pieces; &lt;s&gt;, &lt;pad&gt;, &lt;/s&gt;, &lt;unk&gt; and &lt;mask&gt; for Unigram. The token for what is unknown is put in front where it is missing.
    /// </summary>
    public IReadOnlyList<string>? SpecialTokens { get; init; }

    /// <summary>Whether texts are lower-cased; of word pieces accents go as well, as in BERT. Default: no.</summary>
    public bool Lowercase { get; init; }

    /// <summary>
    /// How many different characters get a token: the most frequent, and never more than half of the vocabulary. Byte pairs always have their 256
    /// letters and do not ask. Default: 8,000, enough for Chinese.
    /// </summary>
    public int AlphabetLimit { get; init; } = 8_000;

    /// <summary>The longest piece, in letters of the alphabet (UTF-16 units, or bytes for byte pairs). Default (null): 16 for Unigram, as in SentencePiece, and no limit for the others.</summary>
    public int? MaxPieceLength { get; init; }

    /// <summary>Unigram: the part of the pieces that a round of pruning leaves. Default: 0.75, as in SentencePiece.</summary>
    public double ShrinkingFactor { get; init; } = 0.75;

    /// <summary>Unigram: how often the scores are fitted between two prunings. Default: 2, as in SentencePiece.</summary>
    public int Subiterations { get; init; } = 2;

    /// <summary>Unigram: how many pieces there are to begin with. Default: 1,000,000, as in SentencePiece.</summary>
    public int SeedSize { get; init; } = 1_000_000;

    /// <summary>Checks that the values make sense together.</summary>
    /// <exception cref="ArgumentException">One of them does not; the message says which and why.</exception>
    internal void Validate()
    {
        Require(Enum.IsDefined(Kind), $"There is no kind of vocabulary {Kind}.");
        Require(MinFrequency >= 1, $"A minimum frequency of {MinFrequency} makes no sense; it is at least 1.");
        Require(AlphabetLimit >= 1, $"An alphabet of {AlphabetLimit} characters makes no sense; it has at least 1.");
        Require(MaxPieceLength is null or >= 1 and <= 256, $"Pieces of {MaxPieceLength} letters make no sense; take 1 to 256.");
        Require(ShrinkingFactor is > 0 and < 1, $"A shrinking factor of {ShrinkingFactor} makes no sense; it lies between 0 and 1.");
        Require(Subiterations is >= 1 and <= 100, $"{Subiterations} fits between two prunings make no sense; take 1 to 100.");
        Require(SeedSize is >= 1 and <= 1_000_000, $"{SeedSize} pieces to begin with make no sense; take 1 to 1,000,000.");
        var specials = AllSpecialTokens();
        Require(specials.All(token => token.Length > 0), "A special token is empty.");
        Require(specials.Distinct(StringComparer.Ordinal).Count() == specials.Length, "A special token is named twice.");
        var least = specials.Length + (Kind == TokenizerKind.Bpe ? 256 : 2);
        Require(
            VocabularySize >= least && VocabularySize <= 1_000_000,
            $"A vocabulary of {VocabularySize} tokens makes no sense; with these special tokens it has {least} to 1000000.");
    }

    /// <summary>The token for what is unknown; null for byte pairs, which know everything.</summary>
    internal string? Unknown => Kind switch { TokenizerKind.WordPiece => "[UNK]", TokenizerKind.Unigram => "<unk>", _ => null };

    /// <summary>The special tokens in force, in the order of their ids.</summary>
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
