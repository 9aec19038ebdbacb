using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>torchvision's preprocessing for its published weights: the transforms that belong to them.</summary>
/// <param name="Name">The network.</param>
/// <param name="Resize">The size of the shorter side after the resize.</param>
/// <param name="Crop">The size of the center crop.</param>
/// <param name="Filter">The filter.</param>
internal sealed record TorchVisionPreset(string Name, int Resize, int Crop, ResizeFilter Filter = ResizeFilter.Bilinear)
{
    private const int UsualSize = 256;

    // For the weights that torchvision calls DEFAULT (0.29). All others are resized to 256 and cropped to 224.
    private static readonly TorchVisionPreset[] Defaults =
    [
        new("resnet50", 232, 224), new("resnet101", 232, 224), new("resnet152", 232, 224),
        new("wide_resnet50_2", 232, 224), new("wide_resnet101_2", 232, 224),
        new("resnext50_32x4d", 232, 224), new("resnext101_32x8d", 232, 224), new("resnext101_64x4d", 232, 224),
        new("mobilenet_v2", 232, 224), new("mobilenet_v3_large", 232, 224),
        new("convnext_tiny", 236, 224), new("convnext_small", 230, 224), new("convnext_base", 232, 224),
        new("convnext_large", 232, 224), new("inception_v3", 342, 299),
        new("efficientnet_b0", 256, 224, ResizeFilter.Bicubic), new("efficientnet_b1", 255, 240),
        new("efficientnet_b2", 288, 288, ResizeFilter.Bicubic),
        new("efficientnet_b3", 320, 300, ResizeFilter.Bicubic), new("efficientnet_b4", 384, 380, ResizeFilter.Bicubic),
        new("efficientnet_b5", 456, 456, ResizeFilter.Bicubic),
        new("efficientnet_b6", 528, 528, ResizeFilter.Bicubic),
        new("efficientnet_b7", 600, 600, ResizeFilter.Bicubic), new("efficientnet_v2_s", 384, 384),
        new("efficientnet_v2_m", 480, 480),
        new("efficientnet_v2_l", 480, 480, ResizeFilter.Bicubic) { IsAroundZero = true }, new("vit_l_16", 242, 224),
    ];

    // Earlier published weights, identified by parts of their file names.
    private static readonly (string Hash, int Resize, ResizeFilter Filter)[] Older =
    [
        ("0676ba61", 256, ResizeFilter.Bilinear), ("19c8e357", 256, ResizeFilter.Bilinear),
        ("63fe2227", 256, ResizeFilter.Bilinear), ("5d3b4d8f", 256, ResizeFilter.Bilinear),
        ("394f9c45", 256, ResizeFilter.Bilinear), ("b121ed2d", 256, ResizeFilter.Bilinear),
        ("7cdf4587", 256, ResizeFilter.Bilinear), ("8ba56ff5", 256, ResizeFilter.Bilinear),
        ("95faca4d", 256, ResizeFilter.Bilinear), ("32ee1156", 256, ResizeFilter.Bilinear),
        ("b0353104", 256, ResizeFilter.Bilinear), ("8738ca79", 256, ResizeFilter.Bilinear),
        ("533bc792", 256, ResizeFilter.Bicubic), ("4e70ced5", 224, ResizeFilter.Bicubic), ("4d563306", 224, ResizeFilter.Bicubic),
    ];

    /// <summary>Whether pixels are scaled to −1 to 1 instead of ImageNet's mean and deviation.</summary>
    public bool IsAroundZero { get; init; }

    /// <summary>The preprocessing options.</summary>
    public ImageProcessorOptions Options
    {
        get
        {
            var options = new ImageProcessorOptions
            {
                Resize = ImageResize.ShortestEdge,
                ResizeHeight = Resize,
                ResizeWidth = Resize,
                Crop = (Crop, Crop),
                Filter = Filter,
            };
            return IsAroundZero ? options with { Mean = [0.5f, 0.5f, 0.5f], Std = [0.5f, 0.5f, 0.5f] } : options;
        }
    }

    /// <summary>
    /// The preset of a checkpoint; null if its network is not torchvision's. DINOv2's own files get the preprocessing of its authors'
    /// evaluation.
    /// </summary>
    /// <param name="checkpoint">The tensors.</param>
    /// <param name="file">The file name, which identifies earlier weights of the same network.</param>
    public static TorchVisionPreset? Of(Checkpoint checkpoint, string file)
    {
        if (ImageNetwork.IsDinoV2(checkpoint))
        {
            return new TorchVisionPreset("DINOv2", UsualSize, 224, ResizeFilter.Bicubic);
        }

        if (TorchVisionName.Of(checkpoint) is not { } name)
        {
            return null;
        }

        var preset = Vit(name, checkpoint) ?? Array.Find(Defaults, entry => entry.Name == name)
            ?? new TorchVisionPreset(name, UsualSize, 224);
        var older = Array.Find(Older, entry => file.Contains(entry.Hash, StringComparison.OrdinalIgnoreCase));
        return older.Hash is null ? preset : preset with { Resize = older.Resize, Filter = older.Filter };
    }

    // A vision transformer trained on another picture size has a position table of that size.
    private static TorchVisionPreset? Vit(string name, Checkpoint checkpoint)
    {
        if (!name.StartsWith("vit_", StringComparison.Ordinal)
            || checkpoint.FindWrapped("encoder.pos_embedding") is not { Shape: [_, var places, _] }
            || checkpoint.FindWrapped("conv_proj.weight") is not { Shape: [_, _, var patch, _] })
        {
            return null;
        }

        var side = (int)(Math.Sqrt(places - 1) * patch);
        return side is 224 && name != "vit_h_14" ? null : new TorchVisionPreset(name, side, side, ResizeFilter.Bicubic);
    }
}
