using Simile.Imaging;
using Simile.Models;

namespace Media;

/// <summary>The 22 photos, from file to vector.</summary>
internal static class Photos
{
    private static readonly ImageProcessorOptions Cifar =
        new() { Resize = ImageResize.Exact, ResizeHeight = 32, ResizeWidth = 32, Crop = null };

    /// <summary>The files.</summary>
    public static string[] Files(string assets) =>
        [.. Directory.EnumerateFiles(Path.Combine(assets, "data", "photos")).Where(file => Path.GetExtension(file) is ".jpg" or ".png")
            .Order(StringComparer.Ordinal)];

    public static void Run(string assets)
    {
        var files = Files(assets);
        using (var builtIn = MultimodalModel.Load())
        {
            Compare(
                assets,
                "mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx",
                new ImageProcessorOptions(),
                ("the built-in joint space (MobileNet v2)", () => builtIn.EmbedImages(files)));
        }

        using var resNet = ImageEmbedder.Load(
            Path.Combine(assets, "models", "resnet-cifar10/resnet56-4bfd9763.th"), new ImageEmbedderOptions { Processor = Cifar });
        Compare(
            assets, "resnet-cifar10/resnet56_cifar10.onnx", Cifar, ("ResNet56 of CIFAR out of its .th file", () => resNet.Embed(files)));
    }

    private static void Compare(string assets, string network, ImageProcessorOptions options, (string Name, Action Run) ours)
    {
        var (files, path, processor) = (Files(assets), Path.Combine(assets, "models", network), new ImageProcessor(options));
        using var raw = new RawNetwork(path);
        using var embedder = ImageEmbedder.Load(path, new ImageEmbedderOptions { Processor = options });
        var (width, height) = processor.FixedSize!.Value;
        var numbers = new float[3 * width * height];
        Rounds.Report(
            $"{files.Length} photos, from file to vector",
            files.Length,
            ($"raw ONNX Runtime, {Path.GetFileName(path)}, one after the other, pixels by ours", () => Array.ForEach(files, file =>
            {
                processor.Process(Picture.Load(file), numbers);
                raw.Run(numbers, 1, 3, height, width);
            })),
            ("Simile, the same file", () => embedder.Embed(files)),
            ("Simile, " + ours.Name, ours.Run));
    }
}
