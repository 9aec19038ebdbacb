namespace Simile.Tokenizers;

/// <summary>A token that is searched in the text before the model runs, as in the added_tokens of tokenizer.json.</summary>
/// <param name="Content">The text of the token.</param>
/// <param name="Id">The number that models see; usually outside of the base vocabulary.</param>
public sealed record AddedToken(string Content, int Id)
{
    /// <summary>Matches only between non-word characters.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Also takes the white space before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Also takes the white space after it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Is searched in the normalized text, and is normalized itself.</summary>
    public bool Normalized { get; init; }

    /// <summary>Is left out of decoded text if special tokens are skipped.</summary>
    public bool Special { get; init; }
}
