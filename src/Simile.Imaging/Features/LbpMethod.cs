namespace Simile.Imaging.Features;

/// <summary>Which local binary patterns share a code; the names are those of scikit-image.</summary>
public enum LbpMethod
{
    /// <summary>Each pattern has its own code: 2^P codes.</summary>
    Default,

    /// <summary>Rotations of a pattern share a code: 2^P codes, of which only the smallest of each rotation class occurs.</summary>
    Ror,

    /// <summary>
    /// Patterns with at most two changes are coded by their number of ones; all others share one code. P + 2 codes, invariant to rotation.
    /// </summary>
    Uniform,

    /// <summary>Each pattern with at most two changes has its own code; all others share one. P (P − 1) + 3 codes.</summary>
    NriUniform,
}
