using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Numerics;
using Simile.Testing;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// No golden case fuses: the patches are held to a slow twin, and what is not longer to the golden network without fusion.
/// </summary>
public class ClapFusionTests
{
    private const string Prefix = "patch_embed.";
    private const int Channels = 16;
    private const int Narrow = 4;
    private const int Side = 64;
    private const int Patch = 4;
    private const int Grid = Side / Patch;

    [Fact]
    public void Patches_of_four_views_are_fused_as_the_slow_twin_fuses_them()
    {
        var tensors = Fusion(string.Empty).ToDictionary(tensor => tensor.Name);
        foreach (var tensor in new[] { Random(Prefix + "proj.weight", Channels, 1, Patch, Patch), Random(Prefix + "proj.bias", Channels) })
        {
            tensors.Add(tensor.Name, tensor);
        }

        using var config = JsonDocument.Parse("{}");
        var graph = new GraphBuilder();
        var sound = new SoundGraph(
            graph, new ConfigFile(config.RootElement), new Weights(new Checkpoint(tensors)), new NetworkOutputs(graph, ["patches"]));
        var x = graph.Input("x", TensorElementType.Float, "batch", "4", "64", "64");
        sound.Outputs.Offer("patches", ClapFusion.Patches(sound, x, Channels, Side, Patch), "batch", "patches", "16");
        using var model = graph.Build();
        var views = FormulaWeights.Noise("views", 2 * 4 * Side * Side, 0, 1);
        using var values = OrtValue.CreateTensorValueFromMemory(views, [2, 4, Side, Side]);
        using var longer = OrtValue.CreateTensorValueFromMemory(new[] { true, false }, [2, 1]);
        using var outputs = model.Run(["x", "is_longer"], [values, longer], ["patches"]);
        var patches = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(
            Slow(tensors, views.AsSpan(0, views.Length / 2), isLonger: true),
            patches[..(patches.Length / 2)],
            (a, b) => Math.Abs(a - b) <= 2e-5f);
        Assert.Equal(
            Slow(tensors, views.AsSpan(views.Length / 2), isLonger: false),
            patches[(patches.Length / 2)..],
            (a, b) => Math.Abs(a - b) <= 2e-5f);
    }

    [Fact]
    public void A_sound_that_is_not_longer_is_heard_as_by_the_network_without_fusion()
    {
        var folder = ModelFolder.Find(Assets.Require("golden/architectures/clap"));
        using var golden = folder.OpenCheckpoint();
        var config = JsonNode.Parse(File.ReadAllBytes(folder.File("config.json")))!;
        config["audio_config"]!["enable_fusion"] = true;
        using var fusing = JsonDocument.Parse(config.ToJsonString());
        using var plain = folder.Json("config.json");
        var tensors = golden.Tensors.Values.Concat(Fusion("audio_model.audio_encoder.")).ToDictionary(tensor => tensor.Name);
        using var expected = DualEncoderNetwork.BuildSound(
            plain.RootElement, new Checkpoint(golden.Tensors.ToDictionary()), ["audio_embeds"]);
        using var actual = DualEncoderNetwork.BuildSound(fusing.RootElement, new Checkpoint(tensors), ["audio_embeds"]);

        var frames = 200;
        var whole = FormulaWeights.Noise("mel", frames * 16, -30, 20);
        float[] views = [.. whole, .. FormulaWeights.Noise("parts", 3 * frames * 16, -30, 20)];
        var alone = Run(expected, whole, [1, 1, frames, 16], null);
        Assert.Equal(alone, Run(actual, views, [1, 4, frames, 16], false), (a, b) => Math.Abs(a - b) <= 1e-5f);
        Assert.Contains(alone.Zip(Run(actual, views, [1, 4, frames, 16], true)), pair => Math.Abs(pair.First - pair.Second) > 1e-3f);
    }

    [Fact]
    public void A_folder_that_fuses_makes_vectors_of_short_and_of_long_sounds()
    {
        var folder = SmallDualEncoder.Make("clap", Assets.NewFolder());
        using (var golden = SafeTensors.Open(Path.Combine(folder, "model.safetensors")))
        {
            Write(Path.Combine(folder, "fused.safetensors"), [.. golden.Tensors.Values, .. Fusion("audio_model.audio_encoder.")]);
        }

        File.Move(Path.Combine(folder, "fused.safetensors"), Path.Combine(folder, "model.safetensors"), overwrite: true);
        Replace(Path.Combine(folder, "config.json"), "\"enable_fusion\": false", "\"enable_fusion\": true");
        Replace(Path.Combine(folder, "preprocessor_config.json"), "rand_trunc", "fusion");
        using (var model = ClipModel.Load(folder))
        {
            var sound = Waveform.Load(Assets.Require("data/esc10/rain__1-21189-A.wav"));
            var vectors = model.EmbedSounds([sound, sound.Slice(TimeSpan.Zero, TimeSpan.FromSeconds(1))]);
            Assert.Equal((1, 1), (Math.Round(VectorMath.Norm(vectors[0]), 4), Math.Round(VectorMath.Norm(vectors[1]), 4)));
            Assert.InRange(VectorMath.Dot(vectors[0], vectors[1]), -1, 0.99999f);
            Assert.Equal(vectors[0].ToArray(), model.EmbedSound(sound));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Replace(string file, string what, string by)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(what, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(what, by, StringComparison.Ordinal));
    }

    private static void Write(string path, Tensor[] tensors)
    {
        var (header, at) = (new JsonObject(), 0L);
        foreach (var tensor in tensors)
        {
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type.ToString(),
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(at, at += tensor.Bytes.Length),
            };
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        using var file = File.Create(path);
        file.Write(BitConverter.GetBytes((long)text.Length));
        file.Write(text);
        Array.ForEach(tensors, tensor => file.Write(tensor.Bytes.Span));
    }

    private static float[] Run(OnnxModel model, float[] values, long[] shape, bool? isLonger)
    {
        using var features = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var longer = OrtValue.CreateTensorValueFromMemory(new[] { isLonger ?? false }, [1, 1]);
        using var outputs = isLonger is null
            ? model.Run(["input_features"], [features], ["audio_embeds"])
            : model.Run(["input_features", "is_longer"], [features, longer], ["audio_embeds"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static IEnumerable<Tensor> Fusion(string prefix)
    {
        yield return Random(prefix + Prefix + "mel_conv2d.weight", Channels, 1, Patch, 3 * Patch);
        yield return Random(prefix + Prefix + "mel_conv2d.bias", Channels);
        foreach (var (kind, first) in new[] { ("local_att", 0), ("global_att", 1) })
        {
            foreach (var (number, output, input) in new[] { (first, Narrow, Channels), (first + 3, Channels, Narrow) })
            {
                var name = $"{prefix}{Prefix}fusion_model.{kind}.";
                yield return Random($"{name}{number}.weight", output, input, 1, 1);
                yield return Random($"{name}{number}.bias", output);
                foreach (var part in new[] { "weight", "bias", "running_mean" })
                {
                    yield return Random($"{name}{number + 1}.{part}", output);
                }

                yield return Random($"{name}{number + 1}.running_var", 1, 0.5, output);
            }
        }
    }

    private static Tensor Random(string name, params long[] shape) => Random(name, 0, 0.5, shape);

    private static Tensor Random(string name, double offset, double scale, params long[] shape) =>
        new(
            name,
            DType.F32,
            shape,
            MemoryMarshal.AsBytes(FormulaWeights.Noise(name, (int)shape.Aggregate(1L, (a, b) => a * b), offset, scale).AsSpan()).ToArray());

    // [patches, channels], number by number, in double precision.
    private static float[] Slow(Dictionary<string, Tensor> tensors, ReadOnlySpan<float> views, bool isLonger)
    {
        var (whole, parts) = (new double[Channels, Grid, Grid], new double[Channels, Grid, Grid]);
        for (var c = 0; c < Channels; c++)
        {
            for (var row = 0; row < Grid; row++)
            {
                for (var column = 0; column < Grid; column++)
                {
                    whole[c, row, column] = Convolved(tensors, "proj", views[..(Side * Side)], c, row, column, Patch);
                    if (column < 3 * (Side / (3 * Patch)))
                    {
                        var view = 1 + (column / (Side / (3 * Patch)));
                        parts[c, row, column] = Convolved(
                            tensors, "mel_conv2d", views.Slice(view * Side * Side, Side * Side), c, row, column % (Side / (3 * Patch)), 3
                                * Patch);
                    }
                }
            }
        }

        var mean = new double[Channels];
        for (var c = 0; c < Channels; c++)
        {
            mean[c] = Enumerable.Range(0, Grid * Grid).Average(i => whole[c, i / Grid, i % Grid] + parts[c, i / Grid, i % Grid]);
        }

        var far = Squeezed(tensors, mean, "global_att", 1);
        var fused = new float[Grid * Grid * Channels];
        for (var i = 0; i < Grid * Grid; i++)
        {
            var (row, column) = (i / Grid, i % Grid);
            var near = Squeezed(
                tensors, [.. Enumerable.Range(0, Channels).Select(c => whole[c, row, column] + parts[c, row, column])], "local_att", 0);
            for (var c = 0; c < Channels; c++)
            {
                var share = 1 / (1 + Math.Exp(-(near[c] + far[c])));
                var (a, b) = (whole[c, row, column], parts[c, row, column]);
                fused[(i * Channels) + c] = (float)(isLonger ? (2 * a * share) + (2 * b * (1 - share)) : a);
            }
        }

        return fused;
    }

    private static double Convolved(
        Dictionary<string, Tensor> tensors, string name, ReadOnlySpan<float> picture, int channel, int row, int column, int width)
    {
        var weight = tensors[$"{Prefix}{name}.weight"].ToFloats().Span;
        double sum = tensors[$"{Prefix}{name}.bias"].ToFloats().Span[channel];
        for (var y = 0; y < Patch; y++)
        {
            for (var x = 0; x < width; x++)
            {
                sum += (double)weight[(((channel * Patch) + y) * width) + x] * picture[(((row * Patch) + y) * Side) + (column * width) + x];
            }
        }

        return sum;
    }

    private static double[] Squeezed(Dictionary<string, Tensor> tensors, double[] x, string kind, int first)
    {
        var narrow = Layer(tensors, x, $"{Prefix}fusion_model.{kind}.", first, Narrow);
        return Layer(tensors, Array.ConvertAll(narrow, value => Math.Max(0, value)), $"{Prefix}fusion_model.{kind}.", first + 3, Channels);
    }

    private static double[] Layer(Dictionary<string, Tensor> tensors, double[] x, string name, int number, int output)
    {
        float[] Part(string part) => tensors[name + part].ToFloats().ToArray();
        var (weight, bias) = (Part($"{number}.weight"), Part($"{number}.bias"));
        var (scale, shift, mean, variance) = (Part($"{number + 1}.weight"), Part($"{number + 1}.bias"),
            Part($"{number + 1}.running_mean"), Part($"{number + 1}.running_var"));
        return [.. Enumerable.Range(0, output).Select(o =>
        {
            var sum = bias[o] + x.Select((value, i) => value * weight[(o * x.Length) + i]).Sum();
            return ((sum - mean[o]) / Math.Sqrt(variance[o] + 1e-5) * scale[o]) + shift[o];
        })];
    }
}
