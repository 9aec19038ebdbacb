using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Models.Projection;

namespace Media;

/// <summary>The networks alone, on prepared input.</summary>
internal static class Networks
{
    private const int Inputs = 64;
    private const int Batch = 4;

    public static void Run(string assets)
    {
        string Model(string name) => Path.Combine(assets, "models", name);
        Compare(
            Model("mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"),
            "MobileNet v2, packed, our graph",
            path => ByteNetworkReader.Read(path).Build(),
            ByteNetwork.Scores,
            3,
            224,
            224);
        Compare(
            Model("yamnet/yamnet_patch_int8w.onnx"),
            "YAMNet, packed, our graph",
            path => ByteNetworkReader.Read(path).Build(),
            ByteNetwork.Scores,
            1,
            96,
            64);
        Compare(
            Model("resnet-cifar10/resnet56_cifar10.onnx"),
            "ResNet56, out of its .th file, our graph",
            _ => ResNet(Model("resnet-cifar10/resnet56-4bfd9763.th")),
            "logits",
            3,
            32,
            32);
    }

    private static OnnxModel ResNet(string path)
    {
        using var config = JsonDocument.Parse("{}");
        return ConvolutionNetwork.Build(config.RootElement, PyTorchFile.Open(path), ["logits"]);
    }

    private static void Compare(string path, string name, Func<string, OnnxModel> build, string output, params long[] shape)
    {
        using var raw = new RawNetwork(path);
        using var theirs = OnnxModel.Load(path);
        using var ours = build(path);
        var size = (int)shape.Aggregate(1L, (product, axis) => product * axis);
        var numbers = FormulaNumbers(Batch * size);
        var one = numbers[..size];
        Rounds.Report(
            $"{Path.GetFileName(path)}, {Inputs} inputs",
            Inputs,
            ("raw ONNX Runtime, one at a time", () => Repeat(Inputs, () => raw.Run(one, [1, .. shape]))),
            ($"raw ONNX Runtime, batches of {Batch}", () => Repeat(Inputs / Batch, () => raw.Run(numbers, [Batch, .. shape]))),
            ($"the same file as Simile runs it: a batch of {Batch} on each core",
                () => Parallel.For(0, Inputs / Batch, Cores, _ => Run(theirs, theirs.Outputs[0], numbers, shape))),
            ($"{name}: a batch of {Batch} on each core",
                () => Parallel.For(0, Inputs / Batch, Cores, _ => Run(ours, output, numbers, shape))));
    }

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    private static void Run(OnnxModel model, string output, float[] numbers, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(numbers, [Batch, .. shape]);
        using var outputs = model.Run([model.Inputs[0]], [input], [output]);
    }

    private static float[] FormulaNumbers(int count) => Simile.Testing.FormulaWeights.Noise("numbers", count, 0, 1);
}
