using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models;

/// <content>Loading.</content>
public sealed partial class ImageEmbedder
{
    // The input of the classifier, by the families' names.
    private static readonly string[] Vectors = ["avgpool", "pooler_output", "last_hidden_state"];
    private static readonly string[] OnnxVectors = ["image_embeds", "embedding", "embeddings", "pooler_output"];

    /// <summary>Loads a model.</summary>
    /// <param name="model">
    /// A folder in the layout of the hub (transformers or timm), a model name in the hub's cache, an .onnx file, or a torchvision
    /// checkpoint (.pth, .th, .pt, .safetensors), whose network is identified by its tensor names. For a single file, preprocessing comes
    /// from preprocessor_config.json or transform.json beside it. Without those, it is torchvision's for its published weights of that
    /// network; for any other network, that of torchvision's classifiers with the network's input size.
    /// </param>
    /// <param name="options">Settings that override the model's files; null for none.</param>
    /// <exception cref="ArgumentException">The options are invalid, or the network has no such layer.</exception>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static ImageEmbedder Load(string model, ImageEmbedderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ImageEmbedderOptions();
        options.Validate();
        var (name, inName) = PictureResize.Split(model);
        options = options with { Resize = options.Resize ?? inName };
        var folder = File.Exists(name) ? null : DualEncoderFolder.Find(name);
        var opened = folder is null ? OpenFile(name, options.Layer) : Open(folder, options.Layer);
        try
        {
            var (processor, source) = Prepare(options, folder, name, opened);
            processor = options.Resize is { } resize ? resize.Apply(processor) : processor;
            return new ImageEmbedder(model, opened.Network, opened.Output, new ImageProcessor(processor), options)
            {
                ProcessorSource = options.Resize is null ? source : $"{source}, resized {options.Resize}",
            };
        }
        catch
        {
            opened.Network.Dispose();
            throw;
        }
    }

    // The preprocessing and its source: the caller, the model's files, torchvision's preset, or the default.
    private static (ImageProcessorOptions Options, string Source) Prepare(
        ImageEmbedderOptions options, DualEncoderFolder? folder, string model, Opened opened)
    {
        var place = folder?.Files.Path ?? Path.GetDirectoryName(Path.GetFullPath(model))!;
        return options.Processor is { } given ? (given, "given")
            : ImageProcessor.Find(place) is { } found ? (found.Options, "the model's files")
            : opened.Preset is { } preset ? (preset.Options, $"torchvision's preset of {preset.Name}")
            : folder is not null ? (ImageProcessor.Load(place).Options, "the model's files")
            : (Usual(opened.Network.InputShape(opened.Network.Inputs[0])), "as torchvision's classifiers");
    }

    // As for torchvision's classifiers, with the network's input [batch, 3, height, width]; −1 where a size may vary.
    private static ImageProcessorOptions Usual(ReadOnlySpan<int> input)
    {
        var usual = new ImageProcessorOptions();
        return input is not [_, _, > 0 and var height, > 0 and var width] ? usual
            : height == width ? usual with { ResizeHeight = height * 8 / 7, Crop = (height, width) }
            : usual with { Resize = ImageResize.Exact, ResizeHeight = height, ResizeWidth = width, Crop = null };
    }

    private static Opened OpenFile(string path, string? layer) =>
        path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? OpenOnnx(path, layer)
        : OpenBare(
            path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafeTensors.Open(path) : PyTorchFile.Open(path),
            Path.GetFileName(path),
            layer);

    private static Opened Open(DualEncoderFolder joint, string? layer)
    {
        if (DualEncoderNetwork.Knows(joint.Family))
        {
            var output = layer ?? "image_embeds";
            return new Opened(joint.Build((config, checkpoint) => DualEncoderNetwork.BuildPicture(config, checkpoint, [output])), output);
        }

        var folder = joint.Files;
        return folder.OnnxFile is { } onnx && !folder.HasCheckpoint ? OpenOnnx(onnx, layer)
            : folder.Exists("config.json") ? Build(File.ReadAllText(folder.File("config.json")), folder.OpenCheckpoint(), layer)
            : OpenBare(folder.OpenCheckpoint(), string.Empty, layer);
    }

    // Weights without a description are assumed to be the published ones, for which torchvision builds Inception with transform_input.
    private static Opened OpenBare(Checkpoint checkpoint, string file, string? layer)
    {
        var preset = TorchVisionPreset.Of(checkpoint, file);
        return Build("""{"transform_input": true}""", checkpoint, layer) with { Preset = preset };
    }

    private static Opened OpenOnnx(string path, string? layer)
    {
        if (layer is not null)
        {
            var (inner, name) = OnnxModel.LoadWithInner(path, layer);
            return new Opened(inner, name);
        }

        var network = OnnxModel.Load(path);
        return new Opened(network, OnnxVectors.FirstOrDefault(network.Outputs.Contains) ?? network.Outputs[0]);
    }

    private static Opened Build(string json, Checkpoint checkpoint, string? layer)
    {
        try
        {
            using var config = Parse(json);
            var (network, output) = NetworkOutputs.First(
                layer is null ? Vectors : [layer], name => Build(config.RootElement, checkpoint, name));
            return new Opened(network, output);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private static OnnxModel Build(JsonElement config, Checkpoint checkpoint, string output) =>
        ConvolutionNetwork.Knows(config, checkpoint)
            ? ConvolutionNetwork.Build(config, checkpoint, [output])
            : ImageNetwork.Build(config, checkpoint, [output]);

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

    private sealed record Opened(OnnxModel Network, string Output)
    {
        public TorchVisionPreset? Preset { get; init; }
    }
}
