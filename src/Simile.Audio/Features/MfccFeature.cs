namespace Simile.Audio.Features;

/// <summary>
/// Mean and standard deviation of the mel-frequency cepstral coefficients but the first, which is loudness: the timbre of a sound.
/// </summary>
public sealed record MfccFeature : SoundFeature
{
    /// <summary>Coefficients with the first one, 2 to 128. 20 by default, as librosa's.</summary>
    public int Coefficients { get; init; } = 20;

    /// <inheritdoc/>
    public override string Name => Coefficients == 20 ? "mfcc" : FormattableString.Invariant($"mfcc({Coefficients})");

    /// <inheritdoc/>
    public override int Dimensions => 2 * (Coefficients - 1);

    private protected override float[] Measure(Waveform sound)
    {
        var statistics = Mfcc.Statistics(sound, new MfccOptions { Coefficients = Coefficients });
        return [.. statistics[1..Coefficients], .. statistics[(Coefficients + 1)..]];
    }
}
