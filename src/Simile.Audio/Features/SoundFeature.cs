using System.Globalization;

namespace Simile.Audio.Features;

/// <summary>
/// A vector of a sound of any length that is computed by a formula, without a network: the mean and the standard deviation of what its
/// frames measure.
/// </summary>
/// <remarks>
/// Thread-safe. Sounds are brought to <see cref="SampleRate"/> first, so that recordings of different rates can be compared.
/// </remarks>
public abstract record SoundFeature
{
    /// <summary>Samples a second that the measures are taken at: librosa's usual 22,050.</summary>
    public const int SampleRate = 22_050;

    /// <summary>The feature with every option that changes its numbers, as <see cref="Parse"/> reads it.</summary>
    public abstract string Name { get; }

    /// <summary>Components of each vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>The vector of a sound.</summary>
    /// <exception cref="ArgumentException">The sound is empty.</exception>
    public float[] Compute(Waveform sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        return sound.Samples.IsEmpty ? throw new ArgumentException("The sound has no samples.", nameof(sound))
            : Measure(sound.SampleRate == SampleRate
                ? sound
                : new Waveform(Resampler.Resample(sound.Samples.Span, sound.SampleRate, SampleRate), SampleRate));
    }

    /// <summary>Reads the name of a feature: mfcc, chroma or spectral; "mfcc(40)" has 40 coefficients.</summary>
    /// <exception cref="ArgumentException">There is no such feature or option.</exception>
    public static SoundFeature Parse(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name switch
        {
            "mfcc" => new MfccFeature(),
            "chroma" => new ChromaFeature(),
            "spectral" => new SpectralFeature(),
            _
                when name.StartsWith("mfcc(", StringComparison.Ordinal) && name.EndsWith(')')
                && int.TryParse(name[5..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var coefficients)
                && coefficients is >= 2 and <= 128 => new MfccFeature { Coefficients = coefficients },
            _ => throw new ArgumentException(
                $"There is no feature of sounds \"{name}\": there are mfcc, mfcc(COEFFICIENTS) with 2 to 128 of them, chroma and spectral.",
                nameof(name)),
        };
    }

    private protected abstract float[] Measure(Waveform sound);

    private protected static (float Mean, float Deviation) MeanAndDeviation(ReadOnlySpan<float> values)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return ((float)mean, (float)Math.Sqrt(squares / values.Length));
    }
}
