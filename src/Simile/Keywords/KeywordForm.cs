namespace Simile.Keywords;

/// <summary>What a term of a text is.</summary>
internal enum KeywordForm
{
    /// <summary>A word, or a part of an identifier or compound. English endings are removed.</summary>
    Word,

    /// <summary>A whole identifier or compound of several parts, without separators: <c>parsehttpheader</c>.</summary>
    Whole,

    /// <summary>Two neighboring characters of a script without spaces between words.</summary>
    Bigram,

    /// <summary>A single character of such a script.</summary>
    Unigram,
}
