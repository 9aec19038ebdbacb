using System.Text.RegularExpressions;

namespace Simile.Models.Architectures;

/// <summary>
/// EfficientNet (Tan and Le 2019) with the names of transformers, torchvision and timm. Strides and block repeats come from the paper's
/// table.
/// </summary>
internal static partial class EfficientNet
{
    private static readonly int[] Strides = [1, 2, 2, 2, 1, 2, 1];

    /// <summary>The network of transformers.</summary>
    public static void BuildTransformers(ConvolutionGraph network)
    {
        var config = network.Config;
        config.Only("pooling_type", "mean");
        var activation = config.Text("hidden_act", "swish");
        var strides = config.Integers("strides") ?? Strides;
        var repeats = config.Integers("num_block_repeats") ?? [1, 2, 2, 3, 3, 4, 1];
        var early = config.Integers("depthwise_padding") ?? []; // blocks that are padded evenly though they stride
        if (strides.Length != repeats.Length || strides.Any(s => s is not (1 or 2)) || repeats.Any(r => r is < 1 or > 1000))
        {
            throw new InvalidDataException(
                "config.json: strides and num_block_repeats must be lists of the same length, of 1 or 2, and of 1 to 1000.");
        }

        var x = network.Unit(network.Pixels, "embeddings.convolution", "embeddings.batchnorm", activation, 2, ConvolutionPadding.Late);
        var block = 0;
        for (var stage = 0; stage < strides.Length; stage++)
        {
            var count = (int)Math.Ceiling(config.Positive("depth_coefficient", 2) * (double)repeats[stage]);
            for (var i = 0; i < count; i++, block++)
            {
                network.Offer($"hidden_states.{block}", x);
                var stride = i == 0 ? strides[stage] : 1;
                var steps = TransformersBlock(network, $"encoder.blocks.{block}.", activation, stride) with { Adds = i > 0 };
                x = steps.Build(Array.IndexOf(early, block) < 0 ? network : network.Padded(ConvolutionPadding.Symmetric), x);
            }
        }

        x = network.Unit(x, "encoder.top_conv", "encoder.top_bn", activation);
        network.End(x, network.Mean(x), "classifier");
    }

    /// <summary>
    /// torchvision's epsilon: 0.001 in b5 to b7 and in version 2. The first blocks of version 2 have no squeeze and excitation.
    /// </summary>
    public static float TorchVisionEpsilon(Weights weights)
    {
        const int Widest = 1792; // what b4 ends with
        var last = Stages(weights);
        var isLarge = weights.Find($"features.{last}.0.weight") is { Shape: [> Widest, ..] };
        return isLarge || !weights.Has("features.1.0.block.1.fc1.weight") ? 1e-3f : 1e-5f;
    }

    /// <summary>The network of torchvision, including the fused blocks of version 2.</summary>
    public static void BuildTorchVision(ConvolutionGraph network)
    {
        var stages = Stages(network.Weights);
        var strides = stages - 1 == 6 ? (int[])[1, 2, 2, 2, 1, 2] : Strides;
        var x = network.Unit(network.Pixels, "features.0.0", "features.0.1", "silu", 2);
        for (var stage = 1; stage < stages; stage++)
        {
            for (var i = 0; network.Weights.Has($"features.{stage}.{i}.block.0.0.weight"); i++)
            {
                x = TorchVisionBlocks.Read(
                    network, $"features.{stage}.{i}.block.", "silu", i == 0 ? strides[Math.Min(stage - 1, strides.Length - 1)] : 1)
                    .Build(network, x);
            }

            network.Offer($"features.{stage}", x);
        }

        x = network.Unit(x, $"features.{stages}.0", $"features.{stages}.1", "silu");
        network.End(x, network.Mean(x), "classifier.1");
    }

    private static int Stages(Weights weights)
    {
        var stages = 1;
        while (weights.Has($"features.{stages}.0.block.0.0.weight"))
        {
            stages++;
        }

        return stages;
    }

    /// <summary>The network of timm: efficientnet_b0 to b8 (also tf_), and mobilenetv2.</summary>
    public static void BuildTimm(ConvolutionGraph network)
    {
        var architecture = network.Config.Text("architecture", "efficientnet_b0");
        if (!TimmNames().IsMatch(architecture))
        {
            throw new NotSupportedException(
                $"timm's {architecture} is not supported: use efficientnet_b0 to b8, efficientnetv2 or mobilenetv2.");
        }

        var activation = architecture.Contains("mobilenetv2", StringComparison.Ordinal) ? "relu6" : "silu";
        var strides = architecture == "test_efficientnet" ? (int[])[1, 2, 2, 2, 2] : Strides;
        var x = network.Unit(network.Pixels, "conv_stem", "bn1", activation, 2);
        for (var stage = 0; TimmSteps(network, $"blocks.{stage}.0.", activation, 1) is not null; stage++)
        {
            for (var i = 0;
                TimmSteps(network, $"blocks.{stage}.{i}.", activation, i == 0 ? strides[Math.Min(stage, strides.Length - 1)] : 1)
                    is { } block;
                i++)
            {
                x = block.Build(network, x);
            }

            network.Offer($"blocks.{stage}", x);
        }

        x = network.Unit(x, "conv_head", "bn2", activation);
        network.End(x, network.Mean(x), "classifier");
    }

    private static InvertedResidual TransformersBlock(ConvolutionGraph network, string prefix, string activation, int stride) => new()
    {
        Expand = network.Weights.Has(prefix + "expansion.expand_conv.weight")
            ? (prefix + "expansion.expand_conv", prefix + "expansion.expand_bn")
            : (string.Empty, string.Empty),
        Middle = (prefix + "depthwise_conv.depthwise_conv", prefix + "depthwise_conv.depthwise_norm"),
        Squeeze = (prefix + "squeeze_excite.reduce", prefix + "squeeze_excite.expand"),
        Project = (prefix + "projection.project_conv", prefix + "projection.project_bn"),
        Activation = activation,
        SqueezeActivation = activation,
        Stride = stride,
    };

    // timm's four block types differ in their names. Null if there is no such block.
    private static InvertedResidual? TimmSteps(ConvolutionGraph network, string prefix, string activation, int stride)
    {
        var squeeze = network.Weights.Has(prefix + "se.conv_reduce.weight")
            ? (prefix + "se.conv_reduce", prefix + "se.conv_expand")
            : (string.Empty, string.Empty);
        var steps = new InvertedResidual
        {
            Middle = (string.Empty, string.Empty),
            Squeeze = squeeze,
            Activation = activation,
            SqueezeActivation = activation,
        };
        return
            network.Weights.Has(prefix + "conv_exp.weight") ? steps with
            {
                Expand = (prefix + "conv_exp", prefix + "bn1"),
                ExpandStride = stride,
                Project = (prefix + "conv_pwl", prefix + "bn2"),
            }
            : network.Weights.Has(prefix + "conv_pwl.weight") ? steps with
            {
                Expand = (prefix + "conv_pw", prefix + "bn1"),
                Middle = (prefix + "conv_dw", prefix + "bn2"),
                Stride = stride,
                Project = (prefix + "conv_pwl", prefix + "bn3"),
            }
            : network.Weights.Has(prefix + "conv_dw.weight") ? steps with
            {
                Middle = (prefix + "conv_dw", prefix + "bn1"),
                Stride = stride,
                Project = (prefix + "conv_pw", prefix + "bn2"),
            }
            : network.Weights.Has(prefix + "conv.weight") ? steps with { Middle = (prefix + "conv", prefix + "bn1"), Stride = stride }
            : null;
    }

    // Other networks have the same names and other activations.
    [GeneratedRegex("^((tf_)?efficientnet(_b[0-9]|v2_)|mobilenetv2_|test_efficientnet$)", RegexOptions.CultureInvariant)]
    private static partial Regex TimmNames();
}
