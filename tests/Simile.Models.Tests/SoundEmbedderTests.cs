using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests;

public class SoundEmbedderTests
{
    [Fact]
    public void A_network_that_asks_which_samples_are_sound_is_told_that_all_are()
    {
        var folder = Assets.NewFolder();
        foreach (var file in Directory.GetFiles(Assets.Require("golden/architectures/wav2vec2_stable")))
        {
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), """{"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000}""");
        using (var embedder = SoundEmbedder.Load(folder))
        {
            var (rain, rooster) = (embedder.Embed(Assets.Require("data/esc10/rain__1-21189-A.wav")), embedder.Embed(Assets.Require("data/esc10/rooster__1-27724-A.wav")));
            Assert.Equal(1, VectorMath.Norm(rain), 1e-4f);
            Assert.InRange(VectorMath.Dot(rain, rooster), -1, 0.99999f);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Hostile_sounds_are_refused_one_by_one_and_the_rest_is_done()
    {
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"));
        string[] broken = ["broken_empty.wav", "broken_text.wav", "broken_channels0.wav", "broken_float_nan.wav", "broken_chunk_size.wav", "no_samples.wav"];
        string[] good = ["rain__1-21189-A", "rooster__1-27724-A"];
        string[] paths =
        [
            Assets.Require($"data/esc10/{good[0]}.wav"),
            .. broken.Select(name => Assets.Require("golden/audio/decode/" + name)),
            "none.wav",
            Assets.Require($"data/esc10/{good[1]}.wav"),
        ];
        var vectors = embedder.Embed(paths, out var refused);
        Assert.Equal(Enumerable.Range(1, broken.Length + 1), refused.Select(sound => sound.Index));
        Assert.All(refused, sound => Assert.Contains(Path.GetFileName(sound.Path), sound.Reason, StringComparison.Ordinal));
        Assert.All(refused, sound => Assert.Equal(0, VectorMath.Norm(vectors[sound.Index])));
        Assert.Equal(embedder.Embed(paths[0]), vectors[0].ToArray());
        Assert.Equal(embedder.Embed(paths[^1]), vectors[^1].ToArray());
    }
}
