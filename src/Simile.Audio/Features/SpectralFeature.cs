namespace Simile.Audio.Features;

/// <summary>
/// Mean and standard deviation of the spectral centroid, bandwidth and roll-off (each as a share of half the sampling rate), the flatness,
/// the share of zero crossings and the root mean square: how bright, rough and loud a sound is.
/// </summary>
public sealed record SpectralFeature : SoundFeature
{
    /// <inheritdoc/>
    public override string Name => "spectral";

    /// <inheritdoc/>
    public override int Dimensions => 12;

    private protected override float[] Measure(Waveform sound)
    {
        var (samples, options) = (sound.Samples, new SpectrogramOptions());
        var magnitudes = Spectrogram.Magnitude(samples.Span, options);
        float[][] measures =
        [
            Shares(SpectralShape.Centroid(magnitudes, sound.SampleRate)),
            Shares(SpectralShape.Bandwidth(magnitudes, sound.SampleRate)),
            Shares(SpectralShape.Rolloff(magnitudes, sound.SampleRate)),
            SpectralShape.Flatness(Spectrogram.Power(samples.Span, options)),
            FrameMeasures.ZeroCrossingRate(samples.Span),
            FrameMeasures.Rms(samples.Span),
        ];
        var statistics = Array.ConvertAll(measures, values => MeanAndDeviation(values));
        return [.. statistics.Select(measure => measure.Mean), .. statistics.Select(measure => measure.Deviation)];
    }

    private static float[] Shares(float[] frequencies) => Array.ConvertAll(frequencies, frequency => frequency / (SampleRate / 2f));
}
