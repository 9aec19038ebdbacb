namespace Simile.Audio.Extractors;

/// <summary>Audio Spectrogram Transformer: Kaldi's mel energies, cut or zero-padded to a fixed number of frames, then normalized.</summary>
internal sealed class AstExtractor(ExtractorConfig config) : FeatureExtractor(config.SampleRate)
{
    private readonly int _bands = config.Integer("num_mel_bins", 128, 1, 1024);
    private readonly int _frames = config.Integer("max_length", 1024, 1, 1 << 20);
    private readonly bool _normalizes = config.Flag("do_normalize", true);
    private readonly float _mean = config.Number("mean", -4.2677393f);
    private readonly float _deviation = config.Number("std", 4.5689974f);

    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var energies = KaldiFilterBank.Of(samples, SampleRate, _bands, WindowFunction.Hann, scale: 1);
        var values = new float[_frames * _bands];
        energies.AsSpan()[..Math.Min(values.Length, energies.AsSpan().Length)].CopyTo(values);
        for (var i = 0; i < values.Length && _normalizes; i++)
        {
            values[i] = (values[i] - _mean) / (_deviation * 2);
        }

        return new SoundFeatures("input_values", values, [_frames, _bands]);
    }
}
