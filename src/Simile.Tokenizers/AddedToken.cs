namespace Simile.Tokenizers;

/// <summary>A token that is found in the text before the model sees it, as tokenizer.json lists them.</summary>
/// <param name="Content">What is found.</param>
/// <param name="Id">Its id.</param>
public sealed record AddedToken(string Content, int Id)
{
    /// <summary>Found only between characters that are not of a word.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Takes the white space before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Takes the white space behind it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Is looked for in the normalised text, and is normalised itself.</summary>
    public bool Normalized { get; init; }

    /// <summary>Left out when special tokens are skipped in decoding.</summary>
    public bool Special { get; init; }
}
