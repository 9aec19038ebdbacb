using Simile.Numerics;

namespace Simile.Audio.Extractors;

/// <summary>
/// CLAP: mel spectrogram in decibels of a fixed length. Shorter sounds are repeated or padded. Longer sounds are cut, or for the fusion
/// network given as four views.
/// </summary>
/// <remarks>The reference cuts at a random place. We cut at the middle, so that one sound always has one vector.</remarks>
internal sealed class ClapExtractor : FeatureExtractor
{
    private const int Views = 4;

    private readonly int _samples;
    private readonly string _padding;
    private readonly bool _fuses;
    private readonly SpectrogramOptions _spectrogram;
    private readonly MelFilters _filters;

    public ClapExtractor(ExtractorConfig config)
        : base(config.SampleRate)
    {
        _padding = config.Text("padding", "repeatpad");
        _fuses = config.Text("truncation", "rand_trunc") == "fusion";
        _spectrogram = new SpectrogramOptions
        {
            FftLength = config.Integer("fft_window_size", 1024, 2, 1 << 16),
            HopLength = config.Integer("hop_length", 480, 1, 1 << 16),
            Padding = FramePadding.Reflect,
        };
        _samples = config.Span("max_length_s", 10, _spectrogram);
        var (lowest, highest) = (config.Number("frequency_min", 0), config.Number("frequency_max", 14000));
        _filters = new MelFilters(
            SampleRate,
            _spectrogram.FftLength,
            config.Integer("feature_size", 64, 1, 1024),
            lowest,
            highest,
            _fuses ? MelScale.Htk : MelScale.Slaney,
            equalArea: !_fuses);
    }

    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var frames = (_samples / _spectrogram.HopLength) + 1;
        var bands = _filters.Weights.Count;
        if (samples.Length <= _samples)
        {
            var mel = Mel(Lengthen(samples));
            var once = mel.AsSpan().ToArray();
            float[] values = _fuses ? [.. Enumerable.Repeat(once, Views).SelectMany(view => view)] : once;
            return Features(values, mel.Count, bands, isLonger: _fuses);
        }

        if (!_fuses)
        {
            var mel = Mel(samples.Slice((samples.Length - _samples) / 2, _samples));
            return Features(mel.AsSpan().ToArray(), mel.Count, bands, isLonger: true);
        }

        return Features(Fuse(Mel(samples), frames), frames, bands, isLonger: true);
    }

    private SoundFeatures Features(float[] values, int frames, int bands, bool isLonger) =>
        new("input_features", values, [_fuses ? Views : 1, frames, bands]) { IsLonger = isLonger };

    private float[] Lengthen(ReadOnlySpan<float> samples)
    {
        var span = new float[_samples];
        var times = _padding switch
        {
            "repeat" => (_samples / samples.Length) + 1,
            "repeatpad" => _samples / samples.Length,
            _ => 1,
        };
        for (var i = 0; i < times; i++)
        {
            var left = span.AsSpan(i * samples.Length);
            samples[..Math.Min(left.Length, samples.Length)].CopyTo(left);
        }

        return span;
    }

    private VectorMatrix Mel(ReadOnlySpan<float> samples)
    {
        var bands = _filters.Apply(Spectrogram.Power(samples, _spectrogram));
        Decibels.FromPower(bands, range: null);
        return bands;
    }

    // The whole sound shrunk to the length, then the middles of its first, second and last third at full rate.
    private static float[] Fuse(VectorMatrix mel, int frames)
    {
        var values = new float[Views * frames * mel.Dimensions];
        var view = frames * mel.Dimensions;
        if (mel.Count == frames)
        {
            for (var i = 0; i < Views; i++)
            {
                mel.AsSpan().CopyTo(values.AsSpan(i * view));
            }

            return values;
        }

        Shrink(mel, frames, values.AsSpan(0, view));
        for (var third = 0; third < 3; third++)
        {
            var start = (mel.Count - frames) * ((2 * third) + 1) / 6;
            mel.AsSpan().Slice(start * mel.Dimensions, view).CopyTo(values.AsSpan((third + 1) * view));
        }

        return values;
    }

    // torch's bilinear interpolation without antialiasing, along time only: the bands are unchanged.
    private static void Shrink(VectorMatrix mel, int frames, Span<float> target)
    {
        var scale = mel.Count / (double)frames;
        for (var i = 0; i < frames; i++)
        {
            var at = Math.Max(0, ((i + 0.5) * scale) - 0.5);
            var first = (int)at;
            var share = (float)(at - first);
            var a = mel[first];
            var b = mel[Math.Min(first + 1, mel.Count - 1)];
            for (var j = 0; j < mel.Dimensions; j++)
            {
                target[(i * mel.Dimensions) + j] = ((1 - share) * a[j]) + (share * b[j]);
            }
        }
    }
}
