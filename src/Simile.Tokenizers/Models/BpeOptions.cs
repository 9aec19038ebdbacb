namespace Simile.Tokenizers.Models;

/// <summary>Options of byte pair encoding for characters, as tokenizer.json names them.</summary>
internal sealed record BpeOptions
{
    /// <summary>The token for unknown characters; null: they are dropped.</summary>
    public string? Unknown { get; init; }

    /// <summary>Merges adjacent unknown characters to one token.</summary>
    public bool FuseUnknown { get; init; }

    /// <summary>An unknown character becomes its bytes, &lt;0x00&gt; to &lt;0xFF&gt;.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>A piece that is a token is taken as a whole, even if no merges lead to it.</summary>
    public bool WholeWords { get; init; }

    /// <summary>Prefix of every character of a piece except the first.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>Suffix of the last character of a piece: &lt;/w&gt;.</summary>
    public string Suffix { get; init; } = string.Empty;
}
