using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>Identifies a torchvision network by the names and shapes of its tensors.</summary>
internal static class TorchVisionName
{
    /// <summary>The name of its constructor, such as <c>resnet50</c>; null if it is not supported.</summary>
    public static string? Of(Checkpoint checkpoint) =>
        checkpoint.FindWrapped("layer1.0.conv1.weight") is not null ? ResNet(checkpoint)
        : checkpoint.FindWrapped("features.1.0.block.5.weight") is not null ? ConvNext(checkpoint)
        : checkpoint.FindWrapped("features.1.0.block.0.0.weight") is not null ? EfficientNet(checkpoint)
        : checkpoint.FindWrapped("features.1.block.0.0.weight") is not null
            ? (checkpoint.FindWrapped("features.13.block.0.0.weight") is null ? "mobilenet_v3_small" : "mobilenet_v3_large")
        : checkpoint.FindWrapped("features.1.conv.0.0.weight") is not null ? "mobilenet_v2"
        : checkpoint.FindWrapped("Conv2d_1a_3x3.conv.weight") is not null ? "inception_v3"
        : checkpoint.FindWrapped("encoder.layers.encoder_layer_0.ln_1.weight") is not null ? Vit(checkpoint)
        : checkpoint.FindWrapped("classifier.6.weight") is not null && checkpoint.FindWrapped("classifier.0.weight") is not null
            ? Vgg(checkpoint)
        : null;

    private static string? ResNet(Checkpoint checkpoint)
    {
        if (Shape(checkpoint, "conv1.weight") is not [64, 3, 7, 7]
            || Shape(checkpoint, "layer1.0.conv2.weight") is not [var width, var share, 3, 3])
        {
            return null; // the small networks for CIFAR, and deep stems
        }

        var blocks = (Count(checkpoint, "layer2.{0}.conv1.weight"), Count(checkpoint, "layer3.{0}.conv1.weight"));
        var isDeep = checkpoint.FindWrapped("layer1.0.conv3.weight") is not null;
        return (isDeep, blocks, width, share) switch
        {
            (false, (2, 2), 64, 64) => "resnet18",
            (false, (4, 6), 64, 64) => "resnet34",
            (true, (4, 6), 64, 64) => "resnet50",
            (true, (4, 23), 64, 64) => "resnet101",
            (true, (8, 36), 64, 64) => "resnet152",
            (true, (4, 6), 128, 128) => "wide_resnet50_2",
            (true, (4, 23), 128, 128) => "wide_resnet101_2",
            (true, (4, 6), 128, 4) => "resnext50_32x4d",
            (true, (4, 23), 256, 8) => "resnext101_32x8d",
            (true, (4, 23), 256, 4) => "resnext101_64x4d",
            _ => null,
        };
    }

    private static string? ConvNext(Checkpoint checkpoint) =>
        (Shape(checkpoint, "features.0.0.weight"), Count(checkpoint, "features.5.{0}.block.0.weight")) switch
        {
            ([96, ..], 9) => "convnext_tiny",
            ([96, ..], 27) => "convnext_small",
            ([128, ..], 27) => "convnext_base",
            ([192, ..], 27) => "convnext_large",
            _ => null,
        };

    // Version 2 has no squeeze and excitation in its first blocks. Its sizes differ in the number of stages, those of version 1 in the last
    // width.
    private static string? EfficientNet(Checkpoint checkpoint)
    {
        var stem = Shape(checkpoint, "features.0.0.weight") is [var width, ..] ? width : 0;
        var stages = Count(checkpoint, "features.{0}.0.block.0.0.weight", 1);
        if (checkpoint.FindWrapped("features.1.0.block.1.fc1.weight") is null)
        {
            return (stem, stages) switch
            {
                (24, 6) => "efficientnet_v2_s",
                (24, 7) => "efficientnet_v2_m",
                (32, 7) => "efficientnet_v2_l",
                _ => null,
            };
        }

        return (stem, Shape(checkpoint, $"features.{stages + 1}.0.weight") is [var last, ..] ? last : 0) switch
        {
            (32, 1280) => Count(checkpoint, "features.1.{0}.block.0.0.weight") > 1 ? "efficientnet_b1" : "efficientnet_b0",
            (32, 1408) => "efficientnet_b2",
            (40, 1536) => "efficientnet_b3",
            (48, 1792) => "efficientnet_b4",
            (48, 2048) => "efficientnet_b5",
            (56, 2304) => "efficientnet_b6",
            (64, 2560) => "efficientnet_b7",
            _ => null,
        };
    }

    private static string? Vit(Checkpoint checkpoint) => Shape(checkpoint, "conv_proj.weight") switch
    {
        [768, 3, 16, 16] => "vit_b_16",
        [768, 3, 32, 32] => "vit_b_32",
        [1024, 3, 16, 16] => "vit_l_16",
        [1024, 3, 32, 32] => "vit_l_32",
        [1280, 3, 14, 14] => "vit_h_14",
        _ => null,
    };

    private static string? Vgg(Checkpoint checkpoint)
    {
        var convolutions =
            checkpoint.Tensors.Count(t => t.Value.Shape.Length == 4 && t.Key.Contains("features.", StringComparison.Ordinal));
        var norms = checkpoint.Tensors.Keys.Any(name => name.EndsWith("running_mean", StringComparison.Ordinal)) ? "_bn" : string.Empty;
        return convolutions is 8 or 10 or 13 or 16 ? $"vgg{convolutions + 3}{norms}" : null;
    }

    private static long[] Shape(Checkpoint checkpoint, string name) => checkpoint.FindWrapped(name)?.Shape ?? [];

    // The number of consecutive indices from `first` on for which a tensor exists.
    private static int Count(Checkpoint checkpoint, string name, int first = 0)
    {
        var count = 0;
        while (checkpoint.FindWrapped(string.Format(System.Globalization.CultureInfo.InvariantCulture, name, first + count)) is not null)
        {
            count++;
        }

        return count;
    }
}
