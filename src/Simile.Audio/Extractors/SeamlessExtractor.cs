using Simile.Numerics;

namespace Simile.Audio.Extractors;

/// <summary>
/// SeamlessM4T and W2v-BERT: Kaldi's mel energies of 16-bit samples, each band scaled to mean 0 and variance 1, several frames per row.
/// </summary>
internal sealed class SeamlessExtractor(ExtractorConfig config) : FeatureExtractor(config.SampleRate)
{
    private const double Smallest = 1e-7;
    private const double SixteenBits = 32768;

    private readonly int _bands = config.Integer("num_mel_bins", 80, 1, 1024);
    private readonly int _stride = config.Integer("stride", 2, 1, 64);
    private readonly float _padding = config.Number("padding_value", 0);

    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var energies = KaldiFilterBank.Of(samples, SampleRate, _bands, WindowFunction.Povey, SixteenBits);
        if (energies.Count < 2)
        {
            throw new ArgumentException("The sound is shorter than two frames of 25 ms.");
        }

        NormalizeBands(energies);
        var rows = (energies.Count + _stride - 1) / _stride;
        var values = new float[rows * _stride * _bands];
        energies.AsSpan().CopyTo(values);
        values.AsSpan(energies.AsSpan().Length).Fill(_padding);
        return new SoundFeatures("input_features", values, [rows, _stride * _bands])
        {
            // A row is valid if its last frame is sound.
            AttentionMask = [.. Enumerable.Range(1, rows).Select(row => row * _stride <= energies.Count ? 1 : 0)],
        };
    }

    private static void NormalizeBands(VectorMatrix energies)
    {
        for (var j = 0; j < energies.Dimensions; j++)
        {
            var (mean, squares) = (0.0, 0.0);
            for (var i = 0; i < energies.Count; i++)
            {
                mean += energies[i][j] / (double)energies.Count;
            }

            for (var i = 0; i < energies.Count; i++)
            {
                squares += (energies[i][j] - mean) * (energies[i][j] - mean);
            }

            var deviation = Math.Sqrt((squares / (energies.Count - 1)) + Smallest);
            for (var i = 0; i < energies.Count; i++)
            {
                energies[i][j] = (float)((energies[i][j] - mean) / deviation);
            }
        }
    }
}
