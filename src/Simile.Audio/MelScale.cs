namespace Simile.Audio;

/// <summary>Formulas of the mel scale, which spaces frequencies as the ear hears them.</summary>
public enum MelScale
{
    /// <summary>Linear up to 1 kHz, logarithmic above: Slaney's Auditory Toolbox. librosa's default.</summary>
    Slaney,

    /// <summary>2595 log₁₀(1 + f / 700), by O'Shaughnessy. Used by HTK and Kaldi.</summary>
    Htk,
}

/// <summary>Converts between hertz and mel.</summary>
internal static class Mel
{
    private const double LinearStep = 200.0 / 3;
    private const double BreakHertz = 1000;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    public static double FromHertz(double hertz, MelScale scale) =>
        scale == MelScale.Htk ? 2595 * Math.Log10(1 + (hertz / 700))
        : hertz < BreakHertz ? hertz / LinearStep
        : (BreakHertz / LinearStep) + (Math.Log(hertz / BreakHertz) / LogStep);

    public static double ToHertz(double mel, MelScale scale) =>
        scale == MelScale.Htk ? 700 * (Math.Pow(10, mel / 2595) - 1)
        : mel < BreakHertz / LinearStep ? mel * LinearStep
        : BreakHertz * Math.Exp(LogStep * (mel - (BreakHertz / LinearStep)));
}
