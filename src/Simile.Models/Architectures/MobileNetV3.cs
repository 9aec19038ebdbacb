namespace Simile.Models.Architectures;

/// <summary>
/// MobileNet v3, small and large (Howard et al. 2019), with torchvision's names. The number of blocks tells which one it is.
/// </summary>
internal static class MobileNetV3
{
    // Tables 1 and 2 of the paper: strides, and the first block with hard swish.
    private static readonly (int[] Strides, int FirstSwish) Small = ([2, 2, 1, 2, 1, 1, 1, 1, 2, 1, 1], 3);
    private static readonly (int[] Strides, int FirstSwish) Large = ([1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1], 6);

    /// <summary>Writes the whole network.</summary>
    public static void Build(ConvolutionGraph network)
    {
        var (strides, firstSwish) = network.Weights.Has("features.13.block.0.0.weight") ? Large : Small;
        var x = network.Unit(network.Pixels, "features.0.0", "features.0.1", "hardswish", 2);
        for (var i = 0; i < strides.Length; i++)
        {
            var block = TorchVisionBlocks.Read(network, $"features.{i + 1}.block.", i >= firstSwish ? "hardswish" : "relu", strides[i]);
            x = network.Offer($"features.{i + 1}", (block with { SqueezeActivation = "relu", Gate = "hardsigmoid" }).Build(network, x));
        }

        var last = strides.Length + 1;
        x = network.Unit(x, $"features.{last}.0", $"features.{last}.1", "hardswish");
        var mean = network.Mean(x);
        network.Offer("last_hidden_state", x);
        network.OfferVector(mean, x.Channels, false, "avgpool");
        if (network.Outputs.Complete || network.Weights.Find("classifier.0.weight") is not { Shape: [var wide, _] })
        {
            return;
        }

        var hidden = network.Graph.Add("HardSwish", [network.Linear(mean, "classifier.0", wide, x.Channels)]);
        network.OfferVector(hidden, wide, false, "features", "pre_logits");
        network.Classify(hidden, "classifier.3", wide);
    }
}
