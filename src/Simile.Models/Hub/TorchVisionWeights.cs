namespace Simile.Models;

/// <summary>
/// Finds torchvision's weights by network name: in PyTorch's cache, or in timm's repositories on the hub, which hold the same weights.
/// </summary>
internal static class TorchVisionWeights
{
    // timm's conversions of torchvision's first weights, for networks that are the same in both libraries.
    private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal)
    {
        ["resnet18"] = "timm/resnet18.tv_in1k",
        ["resnet34"] = "timm/resnet34.tv_in1k",
        ["resnet50"] = "timm/resnet50.tv_in1k",
        ["resnet101"] = "timm/resnet101.tv_in1k",
        ["resnet152"] = "timm/resnet152.tv_in1k",
        ["wide_resnet50_2"] = "timm/wide_resnet50_2.tv_in1k",
        ["resnext50_32x4d"] = "timm/resnext50_32x4d.tv_in1k",
        ["vgg11"] = "timm/vgg11.tv_in1k",
        ["vgg13"] = "timm/vgg13.tv_in1k",
        ["vgg16"] = "timm/vgg16.tv_in1k",
        ["vgg19"] = "timm/vgg19.tv_in1k",
        ["inception_v3"] = "timm/inception_v3.tv_in1k",
    };

    /// <summary>The file in PyTorch's cache, or the snapshot of timm's repository in the hub's; null where there is neither.</summary>
    public static string? Find(string network) => InTorchCache(network) ?? (Twin(network) is { } twin ? HubCache.Find(twin) : null);

    /// <summary>The repository of timm that holds the same network; null if there is none.</summary>
    public static string? Twin(string network) => Twins.GetValueOrDefault(network);

    // resnet18-f37072fd.pth: the name, and the start of the file's hash.
    private static string? InTorchCache(string network)
    {
        var folder = HubEnvironment.TorchCheckpoints;
        return network.Length > 0 && network.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, network + "-*.pth")
                .Where(path => Path.GetFileNameWithoutExtension(path).Length == network.Length + 1 + 8)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }
}
