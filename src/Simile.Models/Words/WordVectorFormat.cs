namespace Simile.Models;

/// <summary>The format of a file of word vectors.</summary>
public enum WordVectorFormat
{
    /// <summary>
    /// A first line "COUNT DIMENSIONS", then one line per word with its numbers: word2vec's text format, and .vec of fastText.
    /// </summary>
    Word2VecText,

    /// <summary>A first line "COUNT DIMENSIONS", then each word, a space, and its numbers as 4-byte floats.</summary>
    Word2VecBinary,

    /// <summary>One line per word with its numbers, without a first line for the count: GloVe.</summary>
    GloveText,

    /// <summary>The .bin format of fastText: words, their counts, and rows for words and n-grams.</summary>
    FastTextBinary,
}
