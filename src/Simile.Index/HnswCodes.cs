namespace Simile.Index;

/// <summary>What a graph's walk compares.</summary>
public enum HnswCodes
{
    /// <summary>Codes where they pay: under cosine, dot product and L2, from 32 dimensions and 1,000 vectors on.</summary>
    Auto,

    /// <summary>The vectors themselves, always.</summary>
    None,
}
