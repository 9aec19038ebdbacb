namespace Simile.Audio.Extractors;

/// <summary>Wav2Vec2 and similar: the samples themselves, scaled to mean 0 and variance 1 if the model asks for it.</summary>
internal sealed class WaveExtractor(ExtractorConfig config) : FeatureExtractor(config.SampleRate)
{
    private const double Smallest = 1e-7;

    private readonly bool _normalizes = config.Flag("do_normalize", true);
    private readonly bool _masks = config.Flag("return_attention_mask", false);

    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var values = samples.ToArray();
        if (_normalizes)
        {
            Normalize(values);
        }

        return new SoundFeatures("input_values", values, [values.Length])
        {
            AttentionMask = _masks ? [.. Enumerable.Repeat(1, values.Length)] : null,
        };
    }

    private static void Normalize(float[] values)
    {
        var mean = values.Average(v => (double)v);
        var variance = values.Average(v => (v - mean) * (v - mean));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] - mean) / Math.Sqrt(variance + Smallest));
        }
    }
}
