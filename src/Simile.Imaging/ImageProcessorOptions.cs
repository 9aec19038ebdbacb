namespace Simile.Imaging;

/// <summary>
/// Options of picture preprocessing. The defaults are those of torchvision's classifiers: shortest edge 256, crop 224, ImageNet's mean.
/// </summary>
public sealed record ImageProcessorOptions
{
    private const int Largest = 1 << 14;

    /// <summary>The kind of resize.</summary>
    public ImageResize Resize { get; init; } = ImageResize.ShortestEdge;

    /// <summary>Height after an exact resize, or the shorter side after a resize by it.</summary>
    public int ResizeHeight { get; init; } = 256;

    /// <summary>Width after an exact resize.</summary>
    public int ResizeWidth { get; init; } = 256;

    /// <summary>Height and width of a patch, for a resize to patches.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Maximum number of patches per picture, for a resize to patches.</summary>
    public int MostPatches { get; init; } = 256;

    /// <summary>The resize filter.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>The order of the passes of the Pillow backend.</summary>
    public PassOrder Order { get; init; }

    /// <summary>Size of the center crop; null for no crop. A smaller picture is padded with zeros.</summary>
    public (int Height, int Width)? Crop { get; init; } = (224, 224);

    /// <summary>Factor for each byte; null keeps 0 to 255.</summary>
    public double? RescaleFactor { get; init; } = 1 / 255.0;

    /// <summary>Whether to subtract 1 after that, so that a factor of 1/127.5 gives −1 to 1 (EfficientNet's rescale_offset).</summary>
    public bool RescaleOffset { get; init; }

    /// <summary>Subtracted from each color; empty for no normalization.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Each color is then divided by this.</summary>
    public IReadOnlyList<float> Std { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Whether to divide by <see cref="Std"/> once more (EfficientNet's include_top).</summary>
    public bool DividesTwice { get; init; }

    /// <summary>The library whose conventions apply.</summary>
    public ImageLibrary Library { get; init; } = ImageLibrary.TorchVision;

    /// <summary>The resize algorithm. Pillow by default; published results were made with it.</summary>
    public ImageBackend Backend { get; init; }

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">
    /// A size is outside 1 to 16,384, a std is 0, or the number of means or stds is not three.
    /// </exception>
    internal void Validate()
    {
        Check(ResizeHeight, "the height to resize to");
        Check(ResizeWidth, "the width to resize to");
        Check(PatchSize, "the size of a patch");
        Check(MostPatches, "the number of patches");
        Check(Crop?.Height ?? 1, "the height of the crop");
        Check(Crop?.Width ?? 1, "the width of the crop");
        if (Mean.Count is not (0 or 3) || Std.Count != (Mean.Count == 0 ? Std.Count : 3))
        {
            throw new ArgumentException(
                $"Normalization needs three means and three standard deviations, not {Mean.Count} and {Std.Count}.");
        }

        if (Mean.Count > 0 && Std.Any(std => !(Math.Abs(std) > 0)))
        {
            throw new ArgumentException("A standard deviation must not be 0.");
        }
    }

    private static void Check(int size, string what)
    {
        if (size is < 1 or > Largest)
        {
            throw new ArgumentException($"{size} is an invalid {what}: it must be 1 to {Largest}.");
        }
    }
}
