using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>timm keeps torchvision's VGG with other names for the classifier, which it makes convolutions.</summary>
public class VggNamesTests
{
    [Fact]
    public void Timm_s_names_give_the_vector_that_torchvision_s_give()
    {
        var features = new[] { New("features.0", 8, 3, 3, 3), New("features.3", 8, 8, 3, 3) }.SelectMany(pair => pair).ToArray();
        var torchvision =
            Run([.. features, .. New("classifier.0", 16, 8 * 7 * 7), .. New("classifier.3", 16, 16), .. New("classifier.6", 10, 16)]);
        var timm =
            Run([.. features, .. New("pre_logits.fc1", 16, 8, 7, 7), .. New("pre_logits.fc2", 16, 16, 1, 1), .. New("head.fc", 10, 16)]);
        Assert.Equal(8, timm.Length);
        Assert.Equal(torchvision, timm);
        Assert.True(timm.Max() > timm.Min());
    }

    private static float[] Run(Tensor[] tensors)
    {
        using var config = JsonDocument.Parse("{}");
        var checkpoint = new Checkpoint(tensors.ToDictionary(tensor => tensor.Name));
        Assert.True(ConvolutionNetwork.Knows(config.RootElement, checkpoint));
        using var network = ConvolutionNetwork.Build(config.RootElement, checkpoint, ["avgpool"]);
        using var outputs = network.Run(
            _ => OrtValue.CreateTensorValueFromMemory(FormulaWeights.Noise("picture", 3 * 28 * 28, 0, 1), [1, 3, 28, 28]), ["avgpool"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static Tensor[] New(string name, params long[] shape) =>
    [
        new Tensor(name + ".weight", DType.F32, shape, Bytes(name + ".weight", shape)),
        new Tensor(name + ".bias", DType.F32, [shape[0]], Bytes(name + ".bias", shape[0])),
    ];

    private static byte[] Bytes(string name, params long[] shape) =>
        MemoryMarshal.AsBytes(FormulaWeights.Noise(name, (int)shape.Aggregate(1L, (a, b) => a * b), .1, .3).AsSpan()).ToArray();
}
