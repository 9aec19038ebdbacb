namespace Simile.Models.Architectures;

/// <summary>
/// VGG (Simonyan and Zisserman 2015), with or without batch norms, with torchvision's names, or timm's for all but
/// the classifier. Gaps in the layer numbers show where it pools.
/// </summary>
internal static class Vgg
{
    private const int LastLayer = 60;

    /// <summary>Writes the whole network. The classifier needs pictures of 224 × 224 pixels.</summary>
    public static void Build(ConvolutionGraph network)
    {
        var x = network.Pixels;
        var end = 0; // where the next convolution stands unless the network pools before it
        for (var i = 0; i < LastLayer; i++)
        {
            if (network.Weights.Find($"features.{i}.weight") is not { Shape.Length: 4 })
            {
                continue;
            }

            x = i > end ? network.MaxPool(x, 2, 2, 0) : x;
            var hasNorm = network.Weights.Has($"features.{i + 1}.running_mean");
            x = hasNorm ? network.Unit(x, $"features.{i}", $"features.{i + 1}") : network.Convolution(x, $"features.{i}", "relu");
            end = i + (hasNorm ? 3 : 2);
        }

        x = network.Offer("last_hidden_state", network.MaxPool(x, 2, 2, 0));
        network.OfferVector(network.Mean(x), x.Channels, false, "avgpool");
        if (network.Outputs.Complete || network.Weights.Find("classifier.0.weight") is not { Shape: [var wide, var flat] })
        {
            return;
        }

        var hidden = network.Linear(network.Graph.Add("Flatten", [x.Value]), "classifier.0", wide, flat, "relu");
        network.OfferVector(hidden, wide, false, "classifier.0");
        hidden = network.Linear(hidden, "classifier.3", wide, wide, "relu");
        network.OfferVector(hidden, wide, false, "features", "pre_logits", "classifier.3");
        network.Classify(hidden, "classifier.6", wide);
    }
}
