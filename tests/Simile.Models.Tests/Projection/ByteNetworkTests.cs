using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Models.BuiltIn;
using Simile.Models.Onnx;
using Simile.Models.Projection;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Projection;

public class ByteNetworkTests
{
    [Theory]
    [InlineData("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx", "logits", new long[] { 1, 3, 224, 224 })]
    [InlineData("models/yamnet/yamnet_patch_int8w.onnx", "scores", new long[] { 2, 1, 96, 64 })]
    public void A_packed_network_judges_as_the_file_it_was_made_of(string file, string output, long[] shape)
    {
        var path = Assets.Require(file);
        using var theirs = OnnxModel.Load(path);
        using var ours = Repacked(ByteNetworkReader.Read(path)).Build();
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        var random = new Random(1);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        var expected = Run(theirs, output, values, shape);
        expected = output == "logits" ? SoftMax(expected) : expected;
        Assert.InRange(VectorMath.Cosine(expected, Run(ours, ByteNetwork.Scores, values, shape)), 0.999, 1.0001);
        Assert.InRange(
            VectorMath.Cosine(Run(theirs, "embedding", values, shape), Run(ours, ByteNetwork.Embedding, values, shape)), 0.999, 1.0001);
    }

    [Fact]
    public void Yamnets_patches_are_those_that_its_own_graph_makes()
    {
        using var model = OnnxModel.Load(Assets.Require("models/yamnet/yamnet_waveform_int8w.onnx"));
        var sound = Waveform.Load(Directory.GetFiles(Assets.Require("data/esc10"), "*.wav").Order(StringComparer.Ordinal).First())
            .Resample(16000);
        var window = sound.Samples[..WindowExtractor.YamnetLength].ToArray();
        var expected = Run(model, "log_mel", window, [1, WindowExtractor.YamnetLength]);
        var patches = new YamnetExtractor().Extract(new Waveform(window, 16000));
        Assert.Equal([1, 1, 96, 64], patches.Shape);
        // Their filters are of lesser precision.
        var differences = expected.Select((value, i) => MathF.Abs(value - patches.Values[i])).ToArray();
        Assert.InRange(differences.Max(), 0, 0.05f);
        Assert.InRange(differences.Average(), 0, 0.005f);
    }

    [Theory]
    [InlineData(15600, 1)]
    [InlineData(15601, 2)]
    [InlineData(100, 1)]
    [InlineData(80000, 10)]
    public void Sound_is_covered_by_patches_to_its_end(int samples, int patches)
    {
        var features = new YamnetExtractor().Extract(new Waveform(new float[samples], 16000));
        Assert.Equal(patches, features.Shape[0]);
        Assert.Equal(patches, new WindowExtractor().Extract(new Waveform(new float[samples], 16000)).Shape[0]);
    }

    [Theory]
    [InlineData("yamnet_patch_int8w.onnx")]
    [InlineData("yamnet_waveform_int8w.onnx")]
    public void Clips_are_nearest_to_clips_of_their_kind(string file)
    {
        using var embedder = SoundEmbedder.Load(Assets.Require("models/yamnet/" + file));
        var files = Directory.GetFiles(Assets.Require("data/esc10"), "*.wav").Order(StringComparer.Ordinal).ToArray();
        var vectors = embedder.Embed([.. files.Select(Waveform.Load)]);
        var right = 0;
        for (var i = 0; i < files.Length; i++)
        {
            var nearest = Enumerable.Range(0, files.Length).Where(j => j != i).MaxBy(j => VectorMath.Dot(vectors[i], vectors[j]));
            right += Kind(files[i]) == Kind(files[nearest]) ? 1 : 0;
        }

        // The manifest's .9375 is of 80 clips, of which there are 40.
        Assert.InRange(right / (double)files.Length, 0.87, 1);
    }

    [Fact]
    public void A_damaged_section_is_refused_in_a_sentence()
    {
        var network = new ByteNetwork(1, true, [Layer(2, 1), Layer(3, 2)]);
        var bytes = ByteNetworkSection.Write(network);
        var path = Path.Combine(Assets.NewFolder(), "x.simd");
        PackedFile.Write(path, [("cut", bytes[..^1]), ("whole", bytes)]);
        using var file = PackedFile.Open(path);
        Assert.Equal(3, ByteNetworkSection.Read(file, "whole").Classes);
        Assert.Contains(
            "damaged in section cut",
            Assert.Throws<InvalidDataException>(() => ByteNetworkSection.Read(file, "cut")).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ClassSpaceSection.Read(file, "cut"));
    }

    private static ByteLayer Layer(int channels, int inputs) =>
        new([channels, inputs, 1, 1], 1, 1, 0, 6, -1, float.NegativeInfinity, float.PositiveInfinity)
        {
            Scales = new float[channels],
            Offsets = new float[channels],
            Bias = new float[channels],
            Weights = new byte[channels * inputs],
        };

    private static ByteNetwork Repacked(ByteNetwork network)
    {
        var path = Path.Combine(Assets.NewFolder(), "x.simd");
        PackedFile.Write(path, [("network", ByteNetworkSection.Write(network))]);
        using var file = PackedFile.Open(path);
        return ByteNetworkSection.Read(file, "network");
    }

    private static string Kind(string file) => Path.GetFileName(file).Split("__")[0];

    private static float[] SoftMax(float[] logits)
    {
        var most = logits.Max();
        var all = logits.Sum(logit => MathF.Exp(logit - most));
        return Array.ConvertAll(logits, logit => MathF.Exp(logit - most) / all);
    }

    private static float[] Run(OnnxModel model, string output, float[] values, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var outputs = model.Run([model.Inputs[0]], [input], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
