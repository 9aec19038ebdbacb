namespace Simile.Tokenizers.Training;

/// <summary>The type of a vocabulary.</summary>
public enum TokenizerKind
{
    /// <summary>Byte-level BPE as in GPT-2: every text can be encoded and decoded without loss.</summary>
    Bpe,

    /// <summary>WordPiece as in BERT: words are split into pieces; unknown words become [UNK].</summary>
    WordPiece,

    /// <summary>Unigram as in SentencePiece, T5 and XLM-R: the most probable segmentation is chosen.</summary>
    Unigram,
}
