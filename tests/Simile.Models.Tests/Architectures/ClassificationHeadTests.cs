using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// The classification heads of families whose golden cases are bare networks: added to those, and computed by hand from last_hidden_state,
/// which the golden cases verify. The heads of BERT, DeBERTa, ModernBERT and XLM-R have golden cases of their own.
/// </summary>
public class ClassificationHeadTests
{
    private const int Hidden = 32;
    private const int Labels = 3;

    // dense (empty for none), its activation, the last layer: as the …ForSequenceClassification classes of transformers.
    [Theory]
    [InlineData("distilbert", "pre_classifier", "relu", "classifier")]
    [InlineData("roberta", "classifier.dense", "tanh", "classifier.out_proj")]
    [InlineData("electra", "classifier.dense", "gelu", "classifier.out_proj")]
    [InlineData("mpnet", "classifier.dense", "tanh", "classifier.out_proj")]
    [InlineData("albert", "pooler", "tanh", "classifier")]
    public void A_head_gives_what_its_layers_say_by_hand(string name, string dense, string activation, string last)
    {
        var folder = Assets.Require("golden/architectures/" + name);
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        using var original = ModelFolder.Find(folder).OpenCheckpoint();
        var tensors = original.Tensors.Where(t => !t.Key.StartsWith(dense + ".", StringComparison.Ordinal)).ToDictionary();
        var own = new[]
        {
            New(dense + ".weight", .3, Hidden, Hidden),
            New(dense + ".bias", .1, Hidden),
            New(last + ".weight", .5, Labels, Hidden),
            New(last + ".bias", .1, Labels),
        }
            .ToDictionary(t => t.Name);
        foreach (var tensor in own.Values)
        {
            tensors[original.Tensors.Keys.FirstOrDefault(key => key == name + "." + tensor.Name) ?? tensor.Name] = tensor;
        }

        using var network = TextNetwork.Build(config.RootElement, new Checkpoint(tensors), ["last_hidden_state", "logits"]);
        long[] ids = [2, 7, 5, 9, 11, 3, 4, 8];
        using var outputs = network.Run(
            input => OrtValue.CreateTensorValueFromMemory(
                input switch { "input_ids" => [.. ids], "attention_mask" => [1, 1, 1, 1, 1, 1, 0, 0], _ => new long[ids.Length] },
                [1, ids.Length]),
            ["last_hidden_state", "logits"]);
        var first = outputs[0].GetTensorDataAsSpan<float>()[..Hidden].ToArray();
        var inner = Array.ConvertAll(Slow(first, own[dense + ".weight"], own[dense + ".bias"]), x => Activate(activation, x));
        var expected = Slow(Array.ConvertAll(inner, x => (float)x), own[last + ".weight"], own[last + ".bias"]);
        Assert.All(expected.Zip(outputs[1].GetTensorDataAsSpan<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static double[] Slow(float[] x, Tensor weight, Tensor bias) =>
        [.. Enumerable.Range(0, (int)weight.Shape[0])
            .Select(row =>
                bias.ToFloats().Span[row] + x.Select((value, i) => (double)value * weight.ToFloats().Span[(row * x.Length) + i]).Sum())];

    private static double Activate(string name, double x) => name switch
    {
        "relu" => Math.Max(0, x),
        "tanh" => Math.Tanh(x),
        _ => x * NormalShare(x),
    };

    // The share of a normal distribution below x, by the sum of its density: slow, and obvious.
    private static double NormalShare(double x)
    {
        const double Step = 1e-4;
        var sum = 0d;
        for (var at = Step / 2; at < Math.Abs(x); at += Step)
        {
            sum += Math.Exp(-at * at / 2) * Step;
        }

        return .5 + (Math.Sign(x) * sum / Math.Sqrt(2 * Math.PI));
    }

    private static Tensor New(string name, double scale, params long[] shape) =>
        new(
            name,
            DType.F32,
            shape,
            MemoryMarshal.AsBytes(FormulaWeights.Noise(name, (int)shape.Aggregate(1L, (a, b) => a * b), 0, scale).AsSpan()).ToArray());
}
