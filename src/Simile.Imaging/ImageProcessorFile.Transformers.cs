using System.Text.Json;
using Simile.Numerics.Files;

namespace Simile.Imaging;

/// <content>preprocessor_config.json, in its current form and in the older one with plain numbers as sizes.</content>
internal static partial class ImageProcessorFile
{
    private static readonly float[] ClipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] ClipStd = [0.26862954f, 0.26130258f, 0.27577711f];
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetStd = [0.229f, 0.224f, 0.225f];
    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];

    // Steps of other processors that would change pixels.
    private static readonly string[] Unbuilt =
    [
        "do_pad", "do_flip_channel_order", "do_thumbnail", "do_align_long_axis", "do_crop_margin", "do_image_splitting",
    ];

    // The defaults of each class. Some classes take a plain number as the shorter side, others as a square.
    private static ProcessorClass ClassOf(string name) => name switch
    {
        _ when name.StartsWith("CLIP", StringComparison.Ordinal) || name.StartsWith("ChineseCLIP", StringComparison.Ordinal) =>
            new(true, 224, ResizeFilter.Bicubic, 224, ClipMean, ClipStd),
        _ when name.StartsWith("Bit", StringComparison.Ordinal) => new(true, 224, ResizeFilter.Bicubic, 224, ClipMean, ClipStd),
        _ when name.StartsWith("ConvNext", StringComparison.Ordinal) =>
            new(true, 384, ResizeFilter.Bilinear, null, ImageNetMean, ImageNetStd),
        _ when name.StartsWith("MobileNet", StringComparison.Ordinal) => new(true, 256, ResizeFilter.Bilinear, 224, Half, Half),
        _ when name.StartsWith("EfficientNet", StringComparison.Ordinal) => new(false, 346, ResizeFilter.Nearest, null, Half, Half),
        _ when IsNaFlex(name) => new(false, 224, ResizeFilter.Bilinear, null, Half, Half),
        _ when name.StartsWith("Siglip", StringComparison.Ordinal) => new(false, 224, ResizeFilter.Bicubic, null, Half, Half),
        _ when name.StartsWith("Beit", StringComparison.Ordinal) || name.StartsWith("DeiT", StringComparison.Ordinal) =>
            new(false, 256, ResizeFilter.Bicubic, 224, Half, Half),
        _ when name.StartsWith("DINOv3", StringComparison.Ordinal) =>
            new(false, 224, ResizeFilter.Bilinear, null, ImageNetMean, ImageNetStd),
        _ => new(false, 224, ResizeFilter.Bilinear, null, Half, Half),
    };

    private static ImageProcessorOptions FromTransformers(JsonElement root)
    {
        var name = JsonFile.Text(root, "image_processor_type") ?? JsonFile.Text(root, "feature_extractor_type") ?? string.Empty;
        if (Array.Find(Unbuilt, step => JsonFile.Flag(root, step) == true) is { } other)
        {
            throw new NotSupportedException($"The step \"{other}\" is not supported.");
        }

        var kind = ClassOf(name);
        var isConvNext = name.StartsWith("ConvNext", StringComparison.Ordinal);
        var isEfficientNet = name.StartsWith("EfficientNet", StringComparison.Ordinal);
        var isNormalized = JsonFile.Flag(root, "do_normalize") ?? true;
        var options = new ImageProcessorOptions
        {
            Library = ImageLibrary.Transformers,
            Filter = JsonFile.Integer(root, "resample") is { } number ? Filter(number) : kind.Filter,
            Crop = JsonFile.Flag(root, "do_center_crop") ?? kind.Crop is not null ? Crop(root, kind) : null,
            RescaleFactor = JsonFile.Flag(root, "do_rescale") ?? true ? Factor(root) : null,
            RescaleOffset = isEfficientNet && (JsonFile.Flag(root, "rescale_offset") ?? false),
            DividesTwice = isEfficientNet && isNormalized && (JsonFile.Flag(root, "include_top") ?? true),
            Mean = isNormalized ? Colors(root, "image_mean", kind.Mean) : [],
            Std = isNormalized ? Colors(root, "image_std", kind.Std) : [],
        };
        return !(JsonFile.Flag(root, "do_resize") ?? true) ? options with { Resize = ImageResize.None }
            : IsNaFlex(name) ? NaFlex(root, options)
            : isConvNext ? ConvNext(root, Size(root, kind, options))
            : Size(root, kind, options);
    }

    private static bool IsNaFlex(string name) => name.StartsWith("Siglip2", StringComparison.Ordinal);

    private static ImageProcessorOptions NaFlex(JsonElement root, ImageProcessorOptions options) => options with
    {
        Resize = ImageResize.Patches,
        PatchSize = Whole(JsonFile.Integer(root, "patch_size") ?? 16),
        MostPatches = Whole(JsonFile.Integer(root, "max_num_patches") ?? 256),
        Crop = null,
    };

    private static ImageProcessorOptions Size(JsonElement root, ProcessorClass kind, ImageProcessorOptions options)
    {
        var edge = kind.Size;
        if (JsonFile.Optional(root, "size") is { } size)
        {
            if (size.ValueKind == JsonValueKind.Object && JsonFile.Integer(size, "height") is { } height
                && JsonFile.Integer(size, "width") is { } width)
            {
                return options with { Resize = ImageResize.Exact, ResizeHeight = Whole(height), ResizeWidth = Whole(width) };
            }

            if (size.ValueKind == JsonValueKind.Object && JsonFile.Integer(size, "shortest_edge") is { } shortest
                && JsonFile.Optional(size, "longest_edge") is null)
            {
                return options with { Resize = ImageResize.ShortestEdge, ResizeHeight = Whole(shortest) };
            }

            edge = size.ValueKind == JsonValueKind.Number
                ? size.GetInt32()
                : throw new NotSupportedException(
                    $"The size {size.GetRawText().ReplaceLineEndings(" ")} is not supported: use height and width, or the shortest edge.");
        }

        return options with
        {
            Resize = kind.IsShortest ? ImageResize.ShortestEdge : ImageResize.Exact,
            ResizeHeight = Whole(edge),
            ResizeWidth = Whole(edge),
        };
    }

    // Below 384 pixels ConvNeXt resizes to size / crop_pct and crops. From 384 on it stretches to the size.
    private static ImageProcessorOptions ConvNext(JsonElement root, ImageProcessorOptions options)
    {
        var edge = options.ResizeHeight;
        var share = JsonFile.Optional(root, "crop_pct") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : 224.0 / 256;
        return edge >= 384
            ? options with { Resize = ImageResize.Exact, ResizeHeight = edge, ResizeWidth = edge }
            : options with { Resize = ImageResize.ShortestEdge, ResizeHeight = Whole(edge / share), Crop = (edge, edge) };
    }

    private static (int Height, int Width) Crop(JsonElement root, ProcessorClass kind) => JsonFile.Optional(root, "crop_size") switch
    {
        null => (kind.Crop ?? kind.Size, kind.Crop ?? kind.Size),
        { ValueKind: JsonValueKind.Number } edge => (edge.GetInt32(), edge.GetInt32()),
        { } size =>
            (JsonFile.Integer(size, "height") ?? throw new FormatException("crop_size lacks its height."),
                JsonFile.Integer(size, "width") ?? throw new FormatException("crop_size lacks its width.")),
    };

    private static double Factor(JsonElement root) =>
        JsonFile.Optional(root, "rescale_factor") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : 1 / 255.0;

    private static float[] Colors(JsonElement root, string name, float[] missing) =>
        JsonFile.Optional(root, name) is { } array ? Floats(array) : missing;

    // Pillow's numbers for its filters.
    private static ResizeFilter Filter(int number) => number switch
    {
        0 => ResizeFilter.Nearest,
        1 => ResizeFilter.Lanczos,
        2 => ResizeFilter.Bilinear,
        3 => ResizeFilter.Bicubic,
        4 => ResizeFilter.Box,
        5 => ResizeFilter.Hamming,
        _ => throw new FormatException($"resample {number} is none of Pillow's filters."),
    };

    private sealed record ProcessorClass(bool IsShortest, int Size, ResizeFilter Filter, int? Crop, float[] Mean, float[] Std);
}
