namespace Simile.Audio;

/// <summary>How cepstral coefficients are made. Defaults are librosa's.</summary>
public sealed record MfccOptions
{
    /// <summary>Coefficients of a frame, at most <see cref="Bands"/>.</summary>
    public int Coefficients { get; init; } = 20;

    /// <summary>Mel bands that they are made of.</summary>
    public int Bands { get; init; } = 128;

    /// <summary>Where the lowest band begins, in Hz.</summary>
    public double Lowest { get; init; }

    /// <summary>Where the highest band ends, in Hz; null is half the rate.</summary>
    public double? Highest { get; init; }

    /// <summary>The mel scale.</summary>
    public MelScale Scale { get; init; }

    /// <summary>Whether every band has the same area.</summary>
    public bool EqualArea { get; init; } = true;

    /// <summary>Raises the higher coefficients, as HTK does with 22; 0 leaves them.</summary>
    public double Lifter { get; init; }

    /// <summary>The transform below.</summary>
    public SpectrogramOptions Spectrogram { get; init; } = new();

    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="ArgumentException">There are fewer bands than coefficients, or none.</exception>
    internal void Validate()
    {
        Spectrogram.Validate();
        if (Coefficients < 1 || Coefficients > Bands || Lifter < 0)
        {
            throw new ArgumentException($"{Coefficients} coefficients cannot be made of {Bands} bands: take 1 to as many as there are bands.");
        }
    }
}
