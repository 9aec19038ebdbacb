namespace Simile.Imaging;

/// <summary>How pictures are made ready for a network. The defaults are those of torchvision's classifiers: shortest edge 256, crop 224, ImageNet's mean.</summary>
public sealed record ImageProcessorOptions
{
    private const int Largest = 1 << 14;

    /// <summary>What the picture is resized to.</summary>
    public ImageResize Resize { get; init; } = ImageResize.ShortestEdge;

    /// <summary>Rows after an exact resize; the shorter side after a resize by it.</summary>
    public int ResizeHeight { get; init; } = 256;

    /// <summary>Columns after an exact resize.</summary>
    public int ResizeWidth { get; init; } = 256;

    /// <summary>Rows and columns of a patch, after a resize to patches.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Patches of a picture at most, after a resize to them.</summary>
    public int MostPatches { get; init; } = 256;

    /// <summary>The filter.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>The order of the passes where the backend is Pillow.</summary>
    public PassOrder Order { get; init; }

    /// <summary>Size of the part cut from the middle, padded with zeros where the picture is smaller; null for no crop.</summary>
    public (int Height, int Width)? Crop { get; init; } = (224, 224);

    /// <summary>What each byte is multiplied by; null leaves 0 to 255.</summary>
    public double? RescaleFactor { get; init; } = 1 / 255.0;

    /// <summary>Whether 1 is subtracted after that, so that a factor of 1/127.5 gives −1 to 1 (EfficientNet's rescale_offset).</summary>
    public bool RescaleOffset { get; init; }

    /// <summary>Subtracted from each colour; empty for no normalisation.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>What each colour is then divided by.</summary>
    public IReadOnlyList<float> Std { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Whether colours are divided by <see cref="Std"/> once more (EfficientNet's include_top).</summary>
    public bool DividesTwice { get; init; }

    /// <summary>Whose rules are followed.</summary>
    public ImageLibrary Library { get; init; } = ImageLibrary.TorchVision;

    /// <summary>What that library computes with. Pillow by default, as when the published numbers were made.</summary>
    public ImageBackend Backend { get; init; }

    /// <summary>Throws where the options make no sense.</summary>
    /// <exception cref="ArgumentException">A size is out of 1 to 16,384, a std is 0, or there are not three means and stds.</exception>
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
            throw new ArgumentException($"Normalisation needs three means and three standard deviations, not {Mean.Count} and {Std.Count}.");
        }

        if (Mean.Count > 0 && Std.Any(std => !(Math.Abs(std) > 0)))
        {
            throw new ArgumentException("A standard deviation of 0 cannot be divided by.");
        }
    }

    private static void Check(int size, string what)
    {
        if (size is < 1 or > Largest)
        {
            throw new ArgumentException($"{size} cannot be {what}: it is 1 to {Largest}.");
        }
    }
}
