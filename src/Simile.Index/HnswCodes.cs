namespace Simile.Index;

/// <summary>What searches compare in the graph.</summary>
public enum HnswCodes
{
    /// <summary>
    /// Codes if they pay off: under cosine, dot product and L2, from 32 dimensions and 1,000 vectors on. Leading coordinates get 8 bits,
    /// the others 4, in the proportion with the smallest error.
    /// </summary>
    Auto,

    /// <summary>The vectors themselves, always.</summary>
    None,

    /// <summary>As <see cref="Auto"/>, with 8 bits for every coordinate.</summary>
    EightBit,

    /// <summary>As <see cref="Auto"/>, with 4 bits for every coordinate.</summary>
    FourBit,
}
