namespace Simile.Models;

/// <summary>The form of a file of word vectors.</summary>
public enum WordVectorFormat
{
    /// <summary>"COUNT DIMENSIONS", then a word and its numbers a line: word2vec's text, and the .vec of fastText.</summary>
    Word2VecText,

    /// <summary>"COUNT DIMENSIONS", then each word, a space, and its numbers as 4 bytes each.</summary>
    Word2VecBinary,

    /// <summary>A word and its numbers a line, without a first line that says how many: GloVe.</summary>
    GloveText,

    /// <summary>The .bin of fastText: words, their counts, and rows for parts of words.</summary>
    FastTextBinary,
}
