namespace Simile.Imaging.Features;

/// <summary>How the numbers v of a block of cells are brought to one size; ε is 10⁻⁵.</summary>
public enum BlockNorm
{
    /// <summary>v / (Σ|v| + ε).</summary>
    L1,

    /// <summary>√(v / (Σ|v| + ε)).</summary>
    L1Sqrt,

    /// <summary>v / √(Σv² + ε²).</summary>
    L2,

    /// <summary>L2, cut at 0.2, and L2 again, as Dalal and Triggs do.</summary>
    L2Hys,
}
