namespace Simile.Audio;

/// <summary>Settings of MFCCs. Defaults are librosa's.</summary>
public sealed record MfccOptions
{
    /// <summary>Coefficients per frame, at most <see cref="Bands"/>.</summary>
    public int Coefficients { get; init; } = 20;

    /// <summary>Number of mel bands.</summary>
    public int Bands { get; init; } = 128;

    /// <summary>Start of the lowest band in Hz.</summary>
    public double Lowest { get; init; }

    /// <summary>End of the highest band in Hz; null is half the sample rate.</summary>
    public double? Highest { get; init; }

    /// <summary>The mel scale.</summary>
    public MelScale Scale { get; init; }

    /// <summary>Whether every band has the same area.</summary>
    public bool EqualArea { get; init; } = true;

    /// <summary>Liftering: raises the higher coefficients. HTK uses 22; 0 is off.</summary>
    public double Lifter { get; init; }

    /// <summary>Settings of the spectrogram.</summary>
    public SpectrogramOptions Spectrogram { get; init; } = new();

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">There are fewer bands than coefficients, or no coefficients.</exception>
    internal void Validate()
    {
        Spectrogram.Validate();
        if (Coefficients < 1 || Coefficients > Bands || Lifter < 0)
        {
            throw new ArgumentException(
                $"{Coefficients} coefficients need at least as many bands, not {Bands}: use 1 to {Bands} coefficients.");
        }
    }
}
