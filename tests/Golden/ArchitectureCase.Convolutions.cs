using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Golden;

/// <content>Convolutional networks, small and full-size: checkpoints of transformers, timm and torchvision.</content>
internal static partial class ArchitectureCase
{
    private static void CheckConvolutions(string folder, JsonElement info, Checkpoint io, float tolerance)
    {
        var weights = OpenConvolutions(folder, info);
        using var config = JsonDocument.Parse(File.Exists(Path.Combine(folder, "config.json"))
            ? File.ReadAllText(Path.Combine(folder, "config.json"))
            : info.GetProperty("constructor").GetProperty("args").GetRawText());
        io = io.Find("input.pixel_values") is null ? WithPicture(io, info) : io;
        using var model = ConvolutionNetwork.Knows(config.RootElement, weights)
            ? ConvolutionNetwork.Build(config.RootElement, weights, Wanted(io))
            : ImageNetwork.Build(config.RootElement, weights, Wanted(io));
        CheckNumbers(model, io, tolerance);
    }

    private static Checkpoint OpenConvolutions(string folder, JsonElement info) =>
        File.Exists(Path.Combine(folder, "weights.json")) ? FormulaWeights.Make(folder, info.GetProperty("seed_prefix").GetString()!)
        : info.TryGetProperty("checkpoint", out var name) ? PyTorchFile.Open(Path.Combine(folder, name.GetString()!))
        : ModelFolder.Find(folder).OpenCheckpoint();

    /// <summary>The outputs of a case for its input, a synthetic mosaic of uniform squares.</summary>
    private static Checkpoint WithPicture(Checkpoint io, JsonElement info)
    {
        var input = info.GetProperty("inputs").EnumerateArray().First(i => i.GetProperty("kind").GetString() == "image");
        var shape = input.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
        var (height, width, block) = ((int)shape[2], (int)shape[3], input.GetProperty("block").GetInt32());
        var (rows, columns) = ((height + block - 1) / block, (width + block - 1) / block);
        var planes = (int)(shape[0] * shape[1]);
        var coarse = FormulaWeights.Noise(
            input.GetProperty("seed_name").GetString()!, planes * rows * columns, 0, input.GetProperty("scale").GetDouble());
        var pixels = new float[planes * height * width];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (plane, y, x) = (i / (height * width), i / width % height, i % width);
            pixels[i] = coarse[(((plane * rows) + (y / block)) * columns) + (x / block)];
        }

        // In full-size cases, features are the input of the first linear layer.
        var isDeep = info.GetProperty("constructor").GetProperty("name").GetString() is { } name
            && (name.StartsWith("vgg", StringComparison.Ordinal) || name.StartsWith("mobilenet_v3", StringComparison.Ordinal));
        var tensors = io.Tensors.ToDictionary(t => isDeep && t.Key == "output.features" ? "output.avgpool" : t.Key, t => t.Value);
        tensors["input.pixel_values"] = new Tensor(
            "input.pixel_values", DType.F32, shape, MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray());
        return new Checkpoint(tensors);
    }
}
