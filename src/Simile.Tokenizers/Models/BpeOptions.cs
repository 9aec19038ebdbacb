namespace Simile.Tokenizers.Models;

/// <summary>How byte pair encoding takes characters and what it does with those that are no tokens, as tokenizer.json names it.</summary>
internal sealed record BpeOptions
{
    /// <summary>What stands for a character that is no token; null: such a character vanishes.</summary>
    public string? Unknown { get; init; }

    /// <summary>Unknown characters side by side become one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>A character that is no token becomes its bytes, &lt;0x00&gt; to &lt;0xFF&gt;.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>A piece that is a token is taken whole, even where no merge leads to it.</summary>
    public bool WholeWords { get; init; }

    /// <summary>Stands before every character of a piece but the first.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Stands behind the last character of a piece: &lt;/w&gt;.</summary>
    public string Suffix { get; init; } = string.Empty;
}
