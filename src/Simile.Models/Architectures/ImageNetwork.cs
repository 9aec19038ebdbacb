using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// Builds the graph of an image model from config.json (transformers) or, if that does not name its family, from the names of its tensors
/// (timm, torchvision).
/// </summary>
internal static class ImageNetwork
{
    private sealed record Family(Action<PictureGraph> Build, params string[] Prefixes);

    private static readonly SortedDictionary<string, Family> Families = new(StringComparer.Ordinal)
    {
        ["beit"] = new(Beit.Build, "beit."),
        ["dinov2"] = new(DinoV2.Build, "dinov2."),
        ["dinov2_with_registers"] = new(DinoV2.BuildWithRegisters, "dinov2_with_registers."),
        ["dinov3_vit"] = new(DinoV3.Build, "dinov3_vit.", "model."),
        ["swin"] = new(Swin.Build, "swin."),
        ["vit"] = new(Vit.Build, "vit."),
        ["vit of DINOv2's own code"] = new(FusedVit.BuildDinoV2),
        ["vit of timm"] = new(FusedVit.BuildTimm),
        ["vit of torchvision"] = new(FusedVit.BuildTorchVision),
    };

    /// <summary>The supported families, as config.json's model_type names them.</summary>
    public static IReadOnlyCollection<string> Known => Families.Keys;

    /// <summary>Whether a family is supported.</summary>
    public static bool Knows(string? modelType) => modelType is not null && Families.ContainsKey(modelType);

    /// <summary>Builds a network and takes ownership of the checkpoint.</summary>
    /// <param name="config">The root of config.json.</param>
    /// <param name="checkpoint">Its tensors.</param>
    /// <param name="outputs">The requested values, by the names of <see cref="NetworkOutputs"/>.</param>
    /// <param name="options">Runtime options.</param>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or a shape differs from config.json.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel Build(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var name = JsonFile.Text(config, "model_type") ?? Guess(config, checkpoint);
        if (name is null || !Families.TryGetValue(name, out var family))
        {
            throw new NotSupportedException(name is null
                ? $"The network is unknown: neither config.json nor the names of its tensors ({checkpoint.Named()}) identify it."
                : $"Image models of the family \"{name}\" are not supported. Supported: {string.Join(", ", Known)}.");
        }

        var graph = new GraphBuilder();
        var picture = new PictureGraph(
            graph, new ConfigFile(config), new Weights(checkpoint, family.Prefixes), new NetworkOutputs(graph, outputs));
        return NetworkGraph.Assemble(picture, family.Build, NetworkGraph.CannotRun(name), checkpoint, options);
    }

    // timm, torchvision and DINOv2's own code have no model_type.
    private static string? Guess(JsonElement config, Checkpoint checkpoint) =>
        IsDinoV2(checkpoint) && JsonFile.Text(config, "architecture") is null ? "vit of DINOv2's own code"
        : checkpoint.FindWrapped("blocks.0.attn.qkv.weight") is not null ? "vit of timm"
        : checkpoint.FindWrapped("encoder.layers.encoder_layer_0.ln_1.weight") is not null ? "vit of torchvision"
        : null;

    /// <summary>Whether a checkpoint comes from DINOv2's own code.</summary>
    public static bool IsDinoV2(Checkpoint checkpoint) =>
        checkpoint.FindWrapped("mask_token") is not null && checkpoint.FindWrapped("blocks.0.ls1.gamma") is not null
        && checkpoint.FindWrapped("blocks.0.attn.qkv.weight") is not null;
}
