using System.Text.Json;
using Simile.Numerics.Files;

namespace Simile.Imaging;

/// <summary>Reads how a model preprocesses pictures from the files of its folder.</summary>
internal static partial class ImageProcessorFile
{
    private const string TransformersFile = "preprocessor_config.json";
    private const string TorchVisionFile = "transform.json";
    private const string TimmFile = "config.json";

    /// <summary>Reads the first description found.</summary>
    public static ImageProcessorOptions Read(string folder) =>
        !Directory.Exists(folder)
        ? throw new DirectoryNotFoundException($"There is no folder {folder}: give the model folder that holds preprocessor_config.json.")
        : Beside(folder) is { } options ? options
        : Path.Combine(folder, TimmFile) is var timm && File.Exists(timm) ? Parse(timm, FromTimm)
        : throw new FileNotFoundException(
            $"The folder {folder} does not describe the preprocessing of pictures: "
            + $"it holds neither {TransformersFile} nor {TorchVisionFile} nor {TimmFile}.",
            folder);

    /// <summary>Reads the first description that has its own file. Null if there is none.</summary>
    public static ImageProcessorOptions? Beside(string folder) =>
        Path.Combine(folder, TransformersFile) is var transformers && File.Exists(transformers) ? Parse(transformers, FromTransformers)
        : Path.Combine(folder, TorchVisionFile) is var torchVision && File.Exists(torchVision) ? Parse(torchVision, FromTorchVision)
        : null;

    private static ImageProcessorOptions Parse(string file, Func<JsonElement, ImageProcessorOptions> read)
    {
        try
        {
            using var document = JsonFile.Parse(file);
            var options = read(document.RootElement);
            options.Validate();
            return options;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{file} is invalid: {e.Message.TrimEnd('.')}.", e);
        }
    }

    // timm: the shorter side becomes the input size divided by crop_pct, then the center is cropped.
    private static ImageProcessorOptions FromTimm(JsonElement root)
    {
        var config = JsonFile.Optional(root, "pretrained_cfg")
            ?? throw new FormatException("it holds no pretrained_cfg, and there is no preprocessor_config.json.");
        var size = Numbers(config.Required("input_size"));
        var (height, width) = size is [3, _, _]
            ? ((int)size[1], (int)size[2])
            : throw new FormatException("input_size must be [3, height, width].");
        var share = JsonFile.Optional(config, "crop_pct") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : 0.875;
        var mode = JsonFile.Text(config, "crop_mode") ?? "center";
        if (mode is not ("center" or "squash"))
        {
            throw new NotSupportedException($"The crop mode \"{mode}\" is not supported: use center or squash.");
        }

        return new ImageProcessorOptions
        {
            Resize = mode == "squash" || height != width ? ImageResize.Exact : ImageResize.ShortestEdge,
            ResizeHeight = Whole(Math.Floor(height / share)),
            ResizeWidth = Whole(Math.Floor(width / share)),
            Filter = Filter(JsonFile.Text(config, "interpolation") ?? "bilinear"),
            Crop = (height, width),
            Mean = Floats(config.Required("mean")),
            Std = Floats(config.Required("std")),
        };
    }

    private static ImageProcessorOptions FromTorchVision(JsonElement root)
    {
        var resize = Numbers(root.Required("resize_size"));
        var crop = Numbers(root.Required("crop_size"));
        if (resize.Length is not (1 or 2) || crop.Length is not (1 or 2))
        {
            throw new FormatException("resize_size and crop_size must hold one or two numbers.");
        }

        return new ImageProcessorOptions
        {
            Resize = resize.Length == 2 ? ImageResize.Exact : ImageResize.ShortestEdge,
            ResizeHeight = Whole(resize[0]),
            ResizeWidth = Whole(resize[^1]),
            Crop = (Whole(crop[0]), Whole(crop[^1])),
            Filter = Filter(JsonFile.Text(root, "interpolation") ?? "bilinear"),
            Mean = Floats(root.Required("mean")),
            Std = Floats(root.Required("std")),
        };
    }

    private static ResizeFilter Filter(string name) => name switch
    {
        "nearest" => ResizeFilter.Nearest,
        "bilinear" or "random" => ResizeFilter.Bilinear, // timm trains with any and evaluates with this one
        "bicubic" => ResizeFilter.Bicubic,
        "lanczos" => ResizeFilter.Lanczos,
        "box" => ResizeFilter.Box,
        "hamming" => ResizeFilter.Hamming,
        _ => throw new FormatException($"the interpolation \"{name}\" is unknown."),
    };

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetDouble())];

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(n => (float)n.GetDouble())];

    private static int Whole(double number) =>
        number is >= 1 and <= ushort.MaxValue ? (int)number : throw new FormatException($"{number} is not a number of pixels.");
}
