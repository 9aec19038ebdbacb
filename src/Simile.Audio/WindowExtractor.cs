using Simile.Audio.Extractors;

namespace Simile.Audio;

/// <summary>Windows of samples for networks that compute their own spectrum: YAMNet takes 0.975 s every 0.48 s.</summary>
public sealed class WindowExtractor() : FeatureExtractor(16000)
{
    /// <summary>Samples per window.</summary>
    public const int YamnetLength = 15600;

    private const int Hop = 7680;

    /// <summary>Windows × samples. The last window is padded with silence.</summary>
    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var windows = 1 + (int)Math.Ceiling(Math.Max(0, samples.Length - YamnetLength) / (double)Hop);
        var values = new float[windows * YamnetLength];
        for (var i = 0; i < windows; i++)
        {
            var rest = samples[Math.Min(samples.Length, i * Hop)..];
            rest[..Math.Min(rest.Length, YamnetLength)].CopyTo(values.AsSpan(i * YamnetLength));
        }

        return new SoundFeatures("waveform", values, [windows, YamnetLength])
        {
            Windows = true,
            Loudness = WindowLoudness.Of(samples, windows, Hop, YamnetLength),
        };
    }
}
