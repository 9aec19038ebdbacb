using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Images;
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
    /// (.pth, .th, .pt, .safetensors), whose network is told by the names of its tensors.
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
        var processor = options.Processor is { } given ? new ImageProcessor(given) : File.Exists(model) ? new ImageProcessor(new ImageProcessorOptions()) : ImageProcessor.Load(JointFolder.Find(model).Files.Path);
        var (network, output) = Open(model, options.Layer);
        try
        {
            return new ImageEmbedder(model, network, output, processor, options);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static (OnnxModel Network, string Output) Open(string model, string? layer)
    {
        if (File.Exists(model))
        {
            return model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? OpenOnnx(model, layer)
                : Build("{}", model.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafeTensors.Open(model) : PyTorchFile.Open(model), layer);
        }

        var joint = JointFolder.Find(model);
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
            if (layer is not null)
            {
                return (Build(config.RootElement, checkpoint, layer), layer);
            }

            foreach (var name in Vectors)
            {
                try
                {
                    return (Build(config.RootElement, checkpoint, name), name);
                }
                catch (ArgumentException) when (name != Vectors[^1])
                {
                    // The network has no output of this name: on to the next.
                }
            }

            throw new InvalidOperationException("The last name was tried.");
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
            throw new InvalidDataException($"The model's config.json is not valid JSON: {e.Message}", e);
        }
    }
}
