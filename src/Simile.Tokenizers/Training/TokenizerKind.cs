namespace Simile.Tokenizers.Training;

/// <summary>What a vocabulary is made of.</summary>
public enum TokenizerKind
{
    /// <summary>Byte pairs, as GPT-2 has them: every text has tokens and comes back as it was.</summary>
    Bpe,

    /// <summary>Word pieces, as BERT has them: words are cut, what is unknown is [UNK].</summary>
    WordPiece,

    /// <summary>Scored pieces, as SentencePiece, T5 and XLM-R have them: the likeliest cut is taken.</summary>
    Unigram,
}
