using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models;

/// <content>Loading.</content>
public sealed partial class ImageEmbedder
{
    // What stands before the classifier, by the names that the families have.
    private static readonly string[] Vectors = ["avgpool", "pooler_output", "last_hidden_state"];
    private static readonly string[] OnnxVectors = ["image_embeds", "embedding", "embeddings", "pooler_output"];

    /// <summary>Loads a model.</summary>
    /// <param name="model">
    /// A folder in the layout of the hub (transformers or timm), a name that the hub's cache holds, an .onnx file, or a checkpoint of torchvision
    /// (.pth, .th, .pt, .safetensors), whose network is told by the names of its tensors. How pictures are made ready for a single file is read off the
    /// preprocessor_config.json or transform.json beside it; without, it is as for torchvision's classifiers, cut to the size that the network takes.
    /// </param>
    /// <param name="options">What the model's files are not to decide; null for nothing.</param>
    /// <exception cref="ArgumentException">The options make no sense, or the network has no such layer.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not built.</exception>
    public static ImageEmbedder Load(string model, ImageEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ImageEmbedderOptions();
        options.Validate();
        var folder = File.Exists(model) ? null : JointFolder.Find(model);
        var processor = options.Processor is { } given ? new ImageProcessor(given) : folder is null ? ImageProcessor.Find(Path.GetDirectoryName(Path.GetFullPath(model))!) : ImageProcessor.Load(folder.Files.Path);
        var (network, output) = folder is null ? OpenFile(model, options.Layer) : Open(folder, options.Layer);
        try
        {
            return new ImageEmbedder(model, network, output, processor ?? Usual(network.InputShape(network.Inputs[0])), options);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // As for torchvision's classifiers, for a network that takes pictures of [batch, 3, height, width]; −1 where a size may vary.
    private static ImageProcessor Usual(ReadOnlySpan<int> input)
    {
        var usual = new ImageProcessorOptions();
        return new ImageProcessor(input is not [_, _, > 0 and var height, > 0 and var width] ? usual
            : height == width ? usual with { ResizeHeight = height * 8 / 7, Crop = (height, width) }
            : usual with { Resize = ImageResize.Exact, ResizeHeight = height, ResizeWidth = width, Crop = null });
    }

    private static (OnnxModel Network, string Output) OpenFile(string path, string? layer) =>
        path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? OpenOnnx(path, layer)
        : Build("{}", path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafeTensors.Open(path) : PyTorchFile.Open(path), layer);

    private static (OnnxModel Network, string Output) Open(JointFolder joint, string? layer)
    {
        if (JointNetwork.Knows(joint.Family))
        {
            var output = layer ?? "image_embeds";
            return (joint.Build((config, checkpoint) => JointNetwork.BuildPicture(config, checkpoint, [output])), output);
        }

        var folder = joint.Files;
        return folder.OnnxFile is { } onnx && !folder.HasCheckpoint ? OpenOnnx(onnx, layer)
            : Build(folder.Exists("config.json") ? File.ReadAllText(folder.File("config.json")) : "{}", folder.OpenCheckpoint(), layer);
    }

    private static (OnnxModel Network, string Output) OpenOnnx(string path, string? layer)
    {
        if (layer is not null)
        {
            return OnnxModel.LoadWithInner(path, layer);
        }

        var network = OnnxModel.Load(path);
        return (network, OnnxVectors.FirstOrDefault(network.Outputs.Contains) ?? network.Outputs[0]);
    }

    private static (OnnxModel Network, string Output) Build(string json, Checkpoint checkpoint, string? layer)
    {
        try
        {
            using var config = Parse(json);
            return NetworkOutputs.First(layer is null ? Vectors : [layer], name => Build(config.RootElement, checkpoint, name));
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private static OnnxModel Build(JsonElement config, Checkpoint checkpoint, string output) =>
        ConvolutionNetwork.Knows(config, checkpoint) ? ConvolutionNetwork.Build(config, checkpoint, [output]) : ImageNetwork.Build(config, checkpoint, [output]);

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The model's config.json is not valid JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
