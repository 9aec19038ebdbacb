using Simile.Audio;
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

        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"),
            """{"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000}""");
        using (var embedder = SoundEmbedder.Load(folder))
        {
            var (rain, rooster) = (embedder.Embed(Assets.Require("data/esc10/rain__1-21189-A.wav")),
                embedder.Embed(Assets.Require("data/esc10/rooster__1-27724-A.wav")));
            Assert.Equal(1, VectorMath.Norm(rain), 1e-4f);
            Assert.InRange(VectorMath.Dot(rain, rooster), -1, 0.99999f);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Hostile_sounds_are_refused_one_by_one_and_the_rest_is_done()
    {
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"));
        string[] broken =
        [
            "broken_empty.wav", "broken_text.wav", "broken_channels0.wav", "broken_float_nan.wav", "broken_chunk_size.wav",
            "no_samples.wav",
        ];
        string[] good = ["rain__1-21189-A", "rooster__1-27724-A"];
        string[] paths =
        [
            Assets.Require($"data/esc10/{good[0]}.wav"),
            .. broken.Select(name => Assets.Require("golden/audio/decode/" + name)),
            "none.wav",
            Assets.Require($"data/esc10/{good[1]}.wav"),
        ];
        var embedded = embedder.Embed(paths);
        Assert.Equal(Enumerable.Range(1, broken.Length + 1), embedded.Refused.Select(sound => sound.File));
        Assert.All(embedded.Refused, sound => Assert.Contains(Path.GetFileName(sound.Path), sound.Reason, StringComparison.Ordinal));
        Assert.Equal([0, paths.Length - 1], embedded.Files);
        Assert.Equal(embedder.Embed(paths[0]), embedded.Vectors[0].ToArray());
        Assert.Equal(embedder.Embed(paths[^1]), embedded.Vectors[1].ToArray());
    }

    [Theory]
    [InlineData("yamnet_patch_int8w.onnx")]
    [InlineData("yamnet_waveform_int8w.onnx")]
    public void Windows_weigh_as_they_are_loud(string network)
    {
        const int Window = 15600, Hop = 7680;
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/" + network), new SoundEmbedderOptions { Normalize = false });
        var sound = Waveform.Load(Assets.Require("data/esc10/rooster__1-27724-A.wav"));
        var (expected, sum) = (new double[embedder.Dimensions], 0.0);
        for (var from = 0; from == 0 || from + Window - Hop < sound.Samples.Length; from += Hop)
        {
            var window = new float[Window];
            sound.Samples.Span[from..Math.Min(sound.Samples.Length, from + Window)].CopyTo(window);
            var (vector, loudness) =
                (embedder.Embed(new Waveform(window, sound.SampleRate)), Math.Sqrt(window.Average(sample => (double)sample * sample)));
            sum += loudness;
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] += loudness * vector[i];
            }
        }

        var whole = embedder.Embed(sound);
        Assert.Equal(1, VectorMath.Cosine(whole, [.. expected.Select(value => (float)(value / sum))]), 1e-5f);
        Assert.Equal(expected.Max() / sum, whole.Max(), 1e-3);
    }

    [Fact]
    public void Silence_after_a_sound_counts_for_nothing_and_nothing_but_silence_has_a_vector()
    {
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"));
        var samples = Waveform.Load(Assets.Require("data/esc10/rain__1-21189-A.wav")).Samples.ToArray();
        float[] shorter = [.. samples, .. new float[32000]], longer = [.. samples, .. new float[320000]];
        Assert.Equal(1, VectorMath.Dot(embedder.Embed(new Waveform(shorter, 16000)), embedder.Embed(new Waveform(longer, 16000))), 1e-5f);
        Assert.Equal(1, VectorMath.Norm(embedder.Embed(new Waveform(new float[50000], 16000))), 1e-5f);
    }

    [Fact]
    public void The_nearest_clip_is_of_the_same_class()
    {
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/yamnet_waveform_int8w.onnx"));
        var files = Directory.GetFiles(Assets.Require("data/esc10"), "*.wav").Order(StringComparer.Ordinal).ToArray();
        var vectors = embedder.Embed(files).Vectors;
        var right = Enumerable.Range(0, files.Length).Count(i =>
            Class(files[i]) == Class(files[Enumerable.Range(0, files.Length).Where(other => other != i)
                .MaxBy(other => VectorMath.Dot(vectors[i], vectors[other]))]));
        Assert.InRange(right / (double)files.Length, 0.9, 1);
    }

    // dog_bark__1-59513-A.wav
    private static string Class(string file) => Path.GetFileName(file).Split("__")[0];
}
