using System.Numerics.Tensors;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Numerics.Files;
using Simile.Testing;
using Tensor = Simile.Models.Checkpoints.Tensor;

namespace Simile.Models.Tests.Quantization;

public sealed class ModelQuantizerTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sentence_transformer_in_bytes_loses_less_than_half_a_percent_and_is_the_same_in_any_batch()
    {
        var original = Assets.Require("models/all-MiniLM-L6-v2");
        var made = ModelQuantizer.Quantize(original, _folder);
        Assert.Equal((36, true), (made.Matrices, made.EmbedsTexts));
        Assert.InRange(made.Bytes, 1, made.BytesBefore * .4);

        using var model = TextEmbedder.Load(_folder);
        var (_, ranks) = StsBenchmark.Dev("en").Evaluate(model);
        Assert.InRange(ranks, .8672 * .995, 1);

        var texts = StsBenchmark.Dev("en").First[..60].Append(string.Empty)
            .Append(string.Concat(Enumerable.Repeat("a very long text ", 3000)))
            .ToArray();
        var together = model.Embed(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(model.Embed(texts[i]), together[i].ToArray());
        }

        using var floats = TextEmbedder.Load(original);
        var loss = QuantizationLoss.Measure(floats, model, texts[..60]);
        Assert.InRange(loss.LowestCosine, .98, loss.MeanCosine);
        Assert.InRange(loss.Correlation, .99, 1);
    }

    [Theory]
    [InlineData("albert")]
    [InlineData("bert_mlm_checkpoint")]
    [InlineData("deberta_v2")]
    [InlineData("gemma3_bidirectional")]
    [InlineData("modernbert")]
    [InlineData("mpnet")]
    [InlineData("nomic_bert")]
    [InlineData("qwen3_right")]
    [InlineData("t5v11_gated")]
    public void Every_family_still_says_nearly_the_same(string name)
    {
        var original = Assets.Require(Path.Combine("golden/architectures", name));
        ModelQuantizer.Quantize(original, _folder);
        var (before, after) = (Hidden(original), Hidden(_folder));
        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(before, after), .98f, .999999f);
    }

    [Theory]
    [InlineData("vit")]
    [InlineData("clip_new_eos")]
    [InlineData("swin")]
    [InlineData("ast")]
    public void Networks_of_pictures_and_sounds_become_bytes_too(string name)
    {
        var original = Assets.Require(Path.Combine("golden/architectures", name));
        ModelQuantizer.Quantize(original, _folder);
        Assert.InRange(TensorPrimitives.CosineSimilarity<float>(SeenOrHeard(original), SeenOrHeard(_folder)), .98f, .999999f);
        using var checkpoint = ModelFolder.Find(_folder).OpenCheckpoint();
        Assert.Contains(checkpoint.Tensors.Values, tensor => tensor.Scales is not null);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "config.json")));
        var quantization = config.RootElement.GetProperty("quantization_config");
        Assert.Equal("compressed-tensors", quantization.GetProperty("quant_method").GetString());
        var ignored = quantization.GetProperty("ignore").EnumerateArray().Select(e => e.GetString() + ".weight");
        Assert.All(ignored, weight => Assert.Null(checkpoint[weight].Scales));
    }

    [Fact]
    public void What_cannot_be_quantised_is_said_and_leaves_nothing()
    {
        Assert.Contains("already", Refused<NotSupportedException>(TextEmbedder.BuiltIn, _folder), StringComparison.Ordinal);
        var bert = Assets.Require("golden/architectures/bert_pooler");
        Assert.Contains("the model itself", Refused<ArgumentException>(bert, bert), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be quantized",
            Refused<NotSupportedException>(Assets.Require("golden/architectures/resnet_basic"), Path.Combine(_folder, "a")),
            StringComparison.Ordinal);
        ModelQuantizer.Quantize(bert, _folder);
        Assert.Contains("already quantized", Refused<NotSupportedException>(_folder, Path.Combine(_folder, "a")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void Cancelled_it_leaves_no_weights_and_a_second_run_makes_them()
    {
        var bert = Assets.Require("golden/architectures/bert_pooler");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ModelQuantizer.Quantize(bert, _folder, new Stop(stop), stop.Token));
        Assert.Empty(Directory.GetFiles(_folder, "*safetensors*"));
        ModelQuantizer.Quantize(bert, _folder);
        Assert.True(File.Exists(Path.Combine(_folder, "model.safetensors")));
    }

    [Fact]
    public void Bytes_with_too_few_scales_or_a_zero_point_are_refused()
    {
        Assert.Contains(
            "one scale for each row", Assert.Throws<InvalidDataException>(() => Matrix(2, [1f], null)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "above zero", Assert.Throws<InvalidDataException>(() => Matrix(2, [1f, float.NaN], null)).Message, StringComparison.Ordinal);
        Assert.Contains("zero point", Assert.Throws<NotSupportedException>(() => Matrix(1, [1f], [1])).Message, StringComparison.Ordinal);
        Assert.Equal([1.5f, -3, 8, 10], Matrix(2, [.5f, 2], null).ToFloats().ToArray());
    }

    private static Tensor Matrix(int rows, float[] scales, byte[]? zero)
    {
        byte[] bytes = [3, 250, 4, 5];
        var tensors = new List<Tensor>
        {
            new("w", DType.I8, [rows, 4 / rows], bytes),
            new("w_scale", DType.F32, [scales.Length, 1], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(scales).ToArray()),
        };
        if (zero is not null)
        {
            tensors.Add(new Tensor("w_zero_point", DType.I8, [1], zero));
        }

        return new Checkpoint(tensors.ToDictionary(t => t.Name))["w"];
    }

    private static string Refused<T>(string model, string folder)
        where T : Exception => Assert.Throws<T>(() => ModelQuantizer.Quantize(model, folder)).Message;

    private static float[] Hidden(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var model = TextNetwork.Build(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), ["last_hidden_state"]);
        var ids = Enumerable.Range(0, 10).Select(i => (long)(5 + (i * 3))).ToArray();
        var values = model.Inputs.Select(name => OrtValue.CreateTensorValueFromMemory(
            name == "input_ids" ? ids : [.. Enumerable.Repeat(name == "attention_mask" ? 1L : 0, 10)], [2, 5]))
            .ToArray();
        using var results = model.Run(model.Inputs, values, ["last_hidden_state"]);
        Array.ForEach(values, value => value.Dispose());
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] SeenOrHeard(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var (root, checkpoint) = (config.RootElement, ModelFolder.Find(folder).OpenCheckpoint());
        var family = JsonFile.Text(root, "model_type");
        var output = DualEncoderNetwork.Knows(family) ? "image_embeds" : "last_hidden_state";
        using var model = DualEncoderNetwork.Knows(family) ? DualEncoderNetwork.BuildPicture(root, checkpoint, [output])
            : ImageNetwork.Knows(family) ? ImageNetwork.Build(root, checkpoint, [output]) : SoundNetwork.Build(root, checkpoint, [output]);
        var size = DualEncoderNetwork.Knows(family) ? root.GetProperty("vision_config").GetProperty("image_size").GetInt32()
            : ImageNetwork.Knows(family) ? root.GetProperty("image_size").GetInt32()
            : root.GetProperty("max_length").GetInt32();
        var shape = model.InputShape(model.Inputs[0]).Select((axis, i) => axis > 0 ? axis : i == 0 ? 1L : size).ToArray();
        var numbers = Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(i => MathF.Sin(i * .37f) + MathF.Cos(i * i * .01f))
            .ToArray();
        using var value = OrtValue.CreateTensorValueFromMemory(numbers, shape);
        using var results = model.Run([model.Inputs[0]], [value], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => source.Cancel();
    }
}
