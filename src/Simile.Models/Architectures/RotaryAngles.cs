namespace Simile.Models.Architectures;

/// <summary>The rotation angle of each pair of components per position.</summary>
/// <param name="Frequencies">Radians per position, for texts up to the trained length.</param>
internal sealed record RotaryAngles(float[] Frequencies)
{
    /// <summary>
    /// Scales the rotated components. Above 1 it sharpens attention over more positions than in training (Peng et al. 2023).
    /// </summary>
    public float Scale { get; init; } = 1;

    /// <summary>The trained length in tokens.</summary>
    public int Trained { get; init; }

    /// <summary>The frequencies for longer texts; null if they are the same (Ding et al. 2024, LongRoPE).</summary>
    public float[]? Beyond { get; init; }

    /// <summary>For longer texts, the base and its stretch factor per text length; null without "dynamic NTK".</summary>
    public (float Base, float Factor)? Stretch { get; init; }

    /// <summary>Number of rotated components.</summary>
    public int Size => 2 * Frequencies.Length;
}
