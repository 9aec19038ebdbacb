using System.Text.RegularExpressions;

namespace Simile.Models.Architectures;

/// <summary>
/// ResNet (He et al. 2016) and ResNeXt with the names of torchvision and timm, of transformers, and of the small networks for CIFAR.
/// Basic and bottleneck blocks. Their number is read from the checkpoint.
/// </summary>
internal static partial class ResNet
{
    private sealed record Names(
        string StemConvolution,
        string StemNorm,
        Func<int, int, string> Block,
        Func<int, (string Convolution, string Norm)> Step,
        string ShortcutConvolution,
        string ShortcutNorm,
        string Classifier);

    private static readonly Names TorchVision = new(
        "conv1",
        "bn1",
        (stage, block) => $"layer{stage + 1}.{block}.",
        step => ($"conv{step + 1}", $"bn{step + 1}"),
        "downsample.0",
        "downsample.1",
        "fc");

    private static readonly Names Transformers = new(
        "embedder.embedder.convolution",
        "embedder.embedder.normalization",
        (stage, block) => $"encoder.stages.{stage}.layers.{block}.",
        step => ($"layer.{step}.convolution", $"layer.{step}.normalization"),
        "shortcut.convolution",
        "shortcut.normalization",
        "classifier.1");

    /// <summary>Writes the whole network.</summary>
    public static void Build(ConvolutionGraph network)
    {
        if (OfTimm().IsMatch(network.Config.Text("architecture", string.Empty)))
        {
            throw new NotSupportedException(
                "timm's ResNets with anti-aliasing (aa, blur) are not supported: the checkpoint does not show where it applies.");
        }

        network.Config.Known(
            "model_args", "channels", "layers", "num_classes", "in_chans",
            "drop_rate", "drop_path_rate", "drop_block_rate", "zero_init_last");
        var names = network.Weights.Has("conv1.weight") ? TorchVision : Transformers;
        var x = Stem(network, names);
        var depths = new List<int>();
        for (var stage = 0; Has(network, names, stage, 0); stage++)
        {
            depths.Add(0);
            network.Offer($"hidden_states.{stage}", x);
            for (var block = 0; Has(network, names, stage, block); block++)
            {
                var isFirst = block == 0 && (stage > 0 || network.Config.Flag("downsample_in_first_stage", false));
                x = Block(network, names, names.Block(stage, block), x, isFirst ? 2 : 1);
                depths[stage]++;
            }

            network.Offer($"layer{stage + 1}", x);
        }

        network.CheckDepths(depths);
        network.End(
            x,
            network.Mean(x),
            network.Weights.Has(names.Classifier + ".weight") ? names.Classifier : "linear",
            isSquare: names == Transformers);
    }

    // The networks for CIFAR start with a 3 × 3 kernel and keep the size.
    private static FeatureMap Stem(ConvolutionGraph network, Names names)
    {
        var isSmall = network.KernelSize(names.StemConvolution).Height == 3;
        var x = network.Unit(
            network.Pixels, names.StemConvolution, names.StemNorm, network.Config.Text("hidden_act", "relu"), isSmall ? 1 : 2);
        return isSmall ? x : network.MaxPool(x, 3, 2, 1);
    }

    private static bool Has(ConvolutionGraph network, Names names, int stage, int block) =>
        network.Weights.Has(names.Block(stage, block) + names.Step(0).Convolution + ".weight");

    private static FeatureMap Block(ConvolutionGraph network, Names names, string prefix, FeatureMap x, int stride)
    {
        var activation = network.Config.Text("hidden_act", "relu");
        var steps = network.Weights.Has(prefix + names.Step(2).Convolution + ".weight") ? 3 : 2;
        var strided = steps == 3 && !network.Config.Flag("downsample_in_bottleneck", false) ? 1 : 0;
        var y = x;
        for (var step = 0; step < steps; step++)
        {
            var (convolution, norm) = names.Step(step);
            y = network.Unit(
                y, prefix + convolution, prefix + norm, step == steps - 1 ? "linear" : activation, step == strided ? stride : 1);
        }

        return network.Sum(y, Shortcut(network, names, prefix, x, y.Channels, stride), activation);
    }

    private static FeatureMap Shortcut(ConvolutionGraph network, Names names, string prefix, FeatureMap x, long channels, int stride)
    {
        if (network.Weights.Has(prefix + names.ShortcutConvolution + ".weight"))
        {
            return network.Unit(x, prefix + names.ShortcutConvolution, prefix + names.ShortcutNorm, "linear", stride);
        }

        return stride == 1 && channels == x.Channels ? x : network.Widen(x, channels, stride);
    }

    [GeneratedRegex("^resne(t|xt)(aa|blur)", RegexOptions.CultureInvariant)]
    private static partial Regex OfTimm();
}
