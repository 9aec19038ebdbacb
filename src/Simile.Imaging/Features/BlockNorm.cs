namespace Simile.Imaging.Features;

/// <summary>How the vector v of a block of cells is normalized; ε is 10⁻⁵.</summary>
public enum BlockNorm
{
    /// <summary>v / (Σ|v| + ε).</summary>
    L1,

    /// <summary>√(v / (Σ|v| + ε)).</summary>
    L1Sqrt,

    /// <summary>v / √(Σv² + ε²).</summary>
    L2,

    /// <summary>L2, clipped at 0.2, then L2 again (Dalal and Triggs).</summary>
    L2Hys,
}
