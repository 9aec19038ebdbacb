namespace Simile.Models.Architectures;

/// <summary>MobileNet v2 (Sandler et al. 2018) with the names of torchvision and of transformers.</summary>
internal static class MobileNetV2
{
    // Table 2 of the paper: expansion, channels, repeats, stride.
    private static readonly int[][] Published =
    [
        [1, 16, 1, 1], [6, 24, 2, 2], [6, 32, 3, 2], [6, 64, 4, 2], [6, 96, 3, 1], [6, 160, 3, 2], [6, 320, 1, 1],
    ];

    /// <summary>
    /// The network of torchvision. A checkpoint does not contain the strides: they come from <c>inverted_residual_setting</c> of the
    /// configuration, or from the paper.
    /// </summary>
    public static void BuildTorchVision(ConvolutionGraph network)
    {
        var x = network.Unit(network.Pixels, "features.0.0", "features.0.1", "relu6", 2);
        var i = 1;
        foreach (var setting in network.Config.Rows("inverted_residual_setting") ?? Published)
        {
            var (repeats, stride) = setting is [_, _, var n and >= 1 and <= 1000, var s and (1 or 2)] ? (n, s)
                : throw new InvalidDataException("inverted_residual_setting must hold rows of expansion, channels, repeats and stride.");
            for (var repeat = 0; repeat < repeats; repeat++, i++)
            {
                x = network.Offer(
                    $"features.{i}", TorchVisionBlock(network, $"features.{i}.conv.", repeat == 0 ? stride : 1).Build(network, x));
            }
        }

        x = network.Offer($"features.{i}", network.Unit(x, $"features.{i}.0", $"features.{i}.1", "relu6"));
        network.End(x, network.Mean(x), "classifier.1");
    }

    /// <summary>The network of transformers.</summary>
    public static void BuildTransformers(ConvolutionGraph network)
    {
        int[] strides = [2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1];
        if (network.Config.Integer("output_stride", 32) != 32)
        {
            throw new NotSupportedException("MobileNet v2 is supported only with an output_stride of 32.");
        }

        var activation = network.Config.Text("hidden_act", "relu6");
        var stem = Block("conv_stem.", activation, 1) with { Expand = (string.Empty, string.Empty), Adds = false };
        var x = stem.Build(
            network, network.Unit(network.Pixels, "conv_stem.first_conv.convolution", "conv_stem.first_conv.normalization", activation, 2));
        for (var i = 0; i < strides.Length; i++)
        {
            network.Offer($"hidden_states.{i}", x);
            x = Block($"layer.{i}.", activation, strides[i]).Build(network, x);
        }

        x = network.Unit(x, "conv_1x1.convolution", "conv_1x1.normalization", activation);
        network.End(x, network.Mean(x), "classifier");
    }

    private static InvertedResidual TorchVisionBlock(ConvolutionGraph network, string prefix, int stride)
    {
        var expands = network.Weights.Has(prefix + "1.0.weight");
        var (middle, project) = expands ? (1, 2) : (0, 1);
        return new InvertedResidual
        {
            Expand = expands ? (prefix + "0.0", prefix + "0.1") : (string.Empty, string.Empty),
            Middle = ($"{prefix}{middle}.0", $"{prefix}{middle}.1"),
            Project = ($"{prefix}{project}", $"{prefix}{project + 1}"),
            Stride = stride,
        };
    }

    private static InvertedResidual Block(string prefix, string activation, int stride) => new()
    {
        Expand = (prefix + "expand_1x1.convolution", prefix + "expand_1x1.normalization"),
        Middle = (prefix + "conv_3x3.convolution", prefix + "conv_3x3.normalization"),
        Project = (prefix + "reduce_1x1.convolution", prefix + "reduce_1x1.normalization"),
        Activation = activation,
        Stride = stride,
    };
}
