using Simile.Numerics;

namespace Simile.Audio.Extractors;

/// <summary>Whisper: log mel spectrogram of a fixed length, padded with silence. The floor is 8 below the maximum.</summary>
internal sealed class WhisperExtractor(ExtractorConfig config) : FeatureExtractor(config.SampleRate)
{
    private const double Highest = 8000;
    private const float Range = 8;

    private readonly SpectrogramOptions _spectrogram = Cut(config);
    private readonly int _samples = config.Span("chunk_length", 30, Cut(config));

    private readonly MelFilters _filters = new(
        config.SampleRate,
        config.Integer("n_fft", 400, 2, 1 << 16),
        config.Integer("feature_size", 80, 1, 1024),
        0,
        Math.Min(Highest, config.SampleRate / 2.0));

    private static SpectrogramOptions Cut(ExtractorConfig config) => new()
    {
        FftLength = config.Integer("n_fft", 400, 2, 1 << 16),
        HopLength = config.Integer("hop_length", 160, 1, 1 << 16),
        Padding = FramePadding.Reflect,
    };

    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var span = new float[_samples];
        samples[..Math.Min(samples.Length, span.Length)].CopyTo(span);
        var bands = _filters.Apply(Spectrogram.Power(span, _spectrogram));
        var (frames, count) = (bands.Count - 1, bands.Dimensions);
        var values = new float[frames * count];
        var loudest = float.NegativeInfinity;
        for (var i = 0; i < frames; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var value = MathF.Log10(MathF.Max(1e-10f, bands[i][j]));
                values[(j * frames) + i] = value;
                loudest = MathF.Max(loudest, value);
            }
        }

        foreach (ref var value in values.AsSpan())
        {
            value = (MathF.Max(value, loudest - Range) + 4) / 4;
        }

        return new SoundFeatures("input_features", values, [count, frames]);
    }
}
