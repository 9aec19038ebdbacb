namespace Simile.Models.Architectures;

/// <summary>By how much a place turns each pair of components.</summary>
/// <param name="Frequencies">Radians a place, for texts of the trained length.</param>
internal sealed record RotaryAngles(float[] Frequencies)
{
    /// <summary>What the turned components are multiplied by: above 1 it sharpens the attention over more places than were trained (Peng et al. 2023).</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Tokens of the longest text that the network was trained with.</summary>
    public int Trained { get; init; }

    /// <summary>The frequencies for longer texts; null where they are the same (Ding et al. 2024, LongRoPE).</summary>
    public float[]? Beyond { get; init; }

    /// <summary>For longer texts: the base, and how far it is stretched for each text by its own length; null where it is not ("dynamic NTK").</summary>
    public (float Base, float Factor)? Stretch { get; init; }

    /// <summary>Components that are turned.</summary>
    public int Size => 2 * Frequencies.Length;
}
