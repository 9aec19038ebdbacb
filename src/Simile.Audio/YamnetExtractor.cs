using Simile.Audio.Extractors;
using Simile.Numerics;

namespace Simile.Audio;

/// <summary>
/// YAMNet's patches: log mel energies of 25 ms every 10 ms, 96 frames per patch, one patch every 48 frames (Hershey et al. 2017; Plakal and
/// Ellis 2020).
/// </summary>
public sealed class YamnetExtractor() : FeatureExtractor(Rate)
{
    /// <summary>Frames per patch.</summary>
    public const int Frames = 96;

    /// <summary>Bands per frame.</summary>
    public const int Bands = 64;

    private const int Rate = 16000;
    private const int Window = 400;
    private const int Hop = 160;
    private const int FftLength = 512;
    private const int PatchHop = 48;
    private const float Offset = 0.001f;

    private static readonly SpectrogramOptions Cut =
        new() { FftLength = FftLength, WindowLength = Window, HopLength = Hop, Center = false };
    private static readonly MelFilters Filters = MelFilters.Kaldi(Rate, FftLength, Bands, 125, 7500);

    /// <summary>Patches × 1 × frames × bands. The last patch is padded with silence.</summary>
    private protected override SoundFeatures Extract(ReadOnlySpan<float> samples)
    {
        var patches = 1 + (int)Math.Ceiling(Math.Max(0, samples.Length - Length(1)) / (double)(PatchHop * Hop));
        // The window is centered in the transform. Padding with this much silence centers the first window on the first sample.
        var padded = new float[Length(patches) + FftLength - Window];
        samples.CopyTo(padded.AsSpan((FftLength - Window) / 2));
        var mel = Filters.Apply(Spectrogram.Magnitude(padded, Cut)).AsSpan();
        foreach (ref var energy in mel)
        {
            energy = MathF.Log(energy + Offset);
        }

        var values = new float[patches * Frames * Bands];
        for (var patch = 0; patch < patches; patch++)
        {
            mel.Slice(patch * PatchHop * Bands, Frames * Bands).CopyTo(values.AsSpan(patch * Frames * Bands));
        }

        return new SoundFeatures("log_mel", values, [patches, 1, Frames, Bands])
        {
            Windows = true,
            Loudness = WindowLoudness.Of(samples, patches, PatchHop * Hop, Length(1)),
        };
    }

    // The samples covered by a number of patches.
    private static int Length(int patches) => ((((patches - 1) * PatchHop) + Frames - 1) * Hop) + Window;
}
