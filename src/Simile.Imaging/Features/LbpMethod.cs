namespace Simile.Imaging.Features;

/// <summary>Which local binary patterns are one, by the names of scikit-image.</summary>
public enum LbpMethod
{
    /// <summary>Each pattern by itself: 2^P codes.</summary>
    Default,

    /// <summary>Patterns that turn into each other: 2^P codes, of which only the least of each turn occurs.</summary>
    Ror,

    /// <summary>Patterns of at most two changes by their number of ones, all others in one: P + 2 codes; does not change when the picture turns.</summary>
    Uniform,

    /// <summary>Patterns of at most two changes by themselves, all others in one: P (P − 1) + 3 codes.</summary>
    NriUniform,
}
