using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// Builds the graph of a convolutional network. The family comes from config.json or, for torchvision and timm, from the names of the
/// tensors.
/// </summary>
/// <remarks>
/// ONNX Runtime may rewrite these graphs to a layout in blocks of channels, in which its convolutions are faster.
/// For this, weights of up to 64 MB are part of the graph.
/// </remarks>
internal static class ConvolutionNetwork
{
    private const int LargestInlineBytes = 64 << 20;

    private sealed record Family(Action<ConvolutionGraph> Build)
    {
        public string Prefix { get; init; } = string.Empty;

        public float Epsilon { get; init; } = 1e-5f;

        public string EpsilonName { get; init; } = "batch_norm_eps";

        public Func<Weights, float>? EpsilonByShape { get; init; }

        public ConvolutionPadding StridePadding { get; init; }
    }

    private static readonly Dictionary<string, Family> Families = new(StringComparer.Ordinal)
    {
        ["convnext"] = new(ConvNext.Build) { Prefix = "convnext." },
        ["convnextv2"] = new(ConvNext.Build) { Prefix = "convnextv2." },
        ["efficientnet"] = new(EfficientNet.BuildTransformers)
        {
            Prefix = "efficientnet.",
            Epsilon = 1e-3f,
            StridePadding = ConvolutionPadding.Late,
        },
        ["mobilenet_v2"] = new(MobileNetV2.BuildTransformers)
        {
            Prefix = "mobilenet_v2.",
            Epsilon = 1e-3f,
            EpsilonName = "layer_norm_eps",
            StridePadding = ConvolutionPadding.Same,
        },
        ["resnet"] = new(ResNet.Build) { Prefix = "resnet." },
    };

    // A tensor that identifies the family.
    private static readonly (string Tensor, Family Family)[] ByName =
    [
        ("layer1.0.conv1.weight", new(ResNet.Build)),
        ("stages.0.blocks.0.conv_dw.weight", new(ConvNext.Build)),
        ("features.1.0.block.5.weight", new(ConvNext.Build)),
        ("conv_stem.weight", new(EfficientNet.BuildTimm)),
        ("features.1.0.block.0.0.weight", new(EfficientNet.BuildTorchVision) { EpsilonByShape = EfficientNet.TorchVisionEpsilon }),
        ("features.1.block.0.0.weight", new(MobileNetV3.Build) { Epsilon = 1e-3f }),
        ("features.1.conv.0.0.weight", new(MobileNetV2.BuildTorchVision)),
        ("Conv2d_1a_3x3.conv.weight", new(InceptionV3.Build) { Epsilon = 1e-3f }),
        ("pre_logits.fc1.weight", new(Vgg.Build)), // timm's names
        ("classifier.0.weight", new(Vgg.Build)), // AlexNet has a classifier.6 too
    ];

    /// <summary>Whether a checkpoint holds a supported network.</summary>
    public static bool Knows(JsonElement config, Checkpoint checkpoint) => FamilyOf(config, checkpoint) is not null;

    /// <summary>Whether a family of config.json's model_type is supported.</summary>
    public static bool Knows(string family) => Families.ContainsKey(family);

    /// <summary>Builds a network and takes ownership of the checkpoint.</summary>
    /// <param name="config">
    /// The root of config.json. For torchvision's checkpoints, an object with the constructor's arguments, or an empty one.
    /// </param>
    /// <param name="checkpoint">Its tensors.</param>
    /// <param name="outputs">The requested values, by the names of <see cref="NetworkOutputs"/>.</param>
    /// <param name="options">Runtime options.</param>
    /// <exception cref="NotSupportedException">The family is not supported.</exception>
    /// <exception cref="InvalidDataException">The checkpoint lacks a tensor, or tensors do not match.</exception>
    /// <exception cref="ArgumentException">The network has no output with a requested name.</exception>
    public static OnnxModel Build(
        JsonElement config, Checkpoint checkpoint, IReadOnlyCollection<string> outputs, OnnxModelOptions? options = null)
    {
        var family = FamilyOf(config, checkpoint)
            ?? throw new NotSupportedException("The checkpoint's tensors belong to no supported convolutional network.");
        var numbers = new ConfigFile(config);
        var builder = new GraphBuilder(LargestInlineBytes);
        var isTensorFlow = numbers.Text("architecture", string.Empty).StartsWith("tf_", StringComparison.Ordinal);
        var weights = new Weights(checkpoint, family.Prefix);
        var network = new ConvolutionGraph(builder, numbers, weights, new NetworkOutputs(builder, outputs))
        {
            BatchNormEpsilon = numbers.Positive(
                family.EpsilonName, isTensorFlow ? 1e-3f : family.EpsilonByShape?.Invoke(weights) ?? family.Epsilon),
            StridePadding = isTensorFlow ? ConvolutionPadding.Same
                : family.StridePadding == ConvolutionPadding.Same && !numbers.Flag("tf_padding", true) ? ConvolutionPadding.Symmetric
                : family.StridePadding,
        };
        return NetworkGraph.Assemble(
            network,
            family.Build,
            "The checkpoint's tensors do not match",
            checkpoint,
            (options ?? new OnnxModelOptions()) with { Optimize = true });
    }

    private static Family? FamilyOf(JsonElement config, Checkpoint checkpoint) =>
        JsonFile.Text(config, "model_type") is { } type && Families.TryGetValue(type, out var family) ? family
        : Array.Find(ByName, entry => checkpoint.FindWrapped(entry.Tensor) is not null).Family;
}
