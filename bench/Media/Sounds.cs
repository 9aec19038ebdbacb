using Simile.Audio;
using Simile.Models;

namespace Media;

/// <summary>The 40 five-second clips of ESC-10, from samples to vector.</summary>
internal static class Sounds
{
    public static void Run(string assets)
    {
        var clips = Directory.GetFiles(Path.Combine(assets, "data", "esc10"), "*.wav").Order(StringComparer.Ordinal).Select(Waveform.Load)
            .ToArray();
        var path = Path.Combine(assets, "models", "yamnet", "yamnet_patch_int8w.onnx");
        using var raw = new RawNetwork(path);
        using var embedder = SoundEmbedder.Load(path);
        using var builtIn = MultimodalModel.Load();
        var extractor = new YamnetExtractor();
        Rounds.Report(
            $"{clips.Length} clips of 5 s, from samples to vector",
            clips.Length,
            ("raw ONNX Runtime, yamnet_patch_int8w.onnx, one clip after the other, patches by ours", () => Array.ForEach(clips, clip =>
            {
                var features = extractor.Extract(clip);
                raw.Run(features.Values, [.. features.Shape.Select(size => (long)size)]);
            })),
            ("Simile, the same file", () => embedder.Embed(clips)),
            ("Simile, the built-in joint space (YAMNet)", () => builtIn.EmbedSounds(clips)));
    }
}
