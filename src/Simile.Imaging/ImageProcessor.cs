using Simile.Imaging.Resizing;

namespace Simile.Imaging;

/// <summary>Preprocesses pictures for a network: resize, crop, rescale, normalize; the result has one plane per color.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed partial class ImageProcessor
{
    private readonly float[] _levels;

    /// <summary>Checks the options and computes the table of pixel values.</summary>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public ImageProcessor(ImageProcessorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _levels = PixelLevels.Compute(options);
    }

    /// <summary>The settings that the constructor was given.</summary>
    public ImageProcessorOptions Options { get; }

    /// <summary>
    /// Loads the processor of a model folder from preprocessor_config.json (transformers), transform.json (torchvision's preset), or the
    /// pretrained_cfg of config.json (timm).
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder holds no description of a processor.</exception>
    /// <exception cref="InvalidDataException">The description is damaged or invalid.</exception>
    /// <exception cref="NotSupportedException">The description asks for an unsupported step.</exception>
    public static ImageProcessor Load(
        string folder, ImageBackend backend = ImageBackend.Pillow, PassOrder order = PassOrder.HorizontalFirst)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new(ImageProcessorFile.Read(folder) with { Backend = backend, Order = order });
    }

    /// <summary>Loads a processor from preprocessor_config.json or transform.json. Null if the folder has neither.</summary>
    /// <exception cref="InvalidDataException">The description is damaged or invalid.</exception>
    /// <exception cref="NotSupportedException">The description asks for an unsupported step.</exception>
    public static ImageProcessor? Find(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return ImageProcessorFile.Beside(folder) is { } options ? new ImageProcessor(options) : null;
    }

    /// <summary>The output size for a picture of the given size.</summary>
    public (int Width, int Height) OutputSize(int width, int height) =>
        Options.Crop is { } crop ? (crop.Width, crop.Height) : ResizedSize(width, height);

    /// <summary>The output size of every picture; null if it depends on the picture.</summary>
    public (int Width, int Height)? FixedSize =>
        Options.Crop is not null || Options.Resize == ImageResize.Exact ? OutputSize(1, 1) : null;

    /// <summary>Resizes and crops the picture. The result is still bytes.</summary>
    public Picture Prepare(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var rgb = picture.ToRgb();
        var (width, height) = ResizedSize(rgb.Width, rgb.Height);
        var resized =
            (width, height) == (rgb.Width, rgb.Height) ? rgb
            : Options is { Library: ImageLibrary.TorchVision, Backend: ImageBackend.TorchVision } ? FloatResize.Run(
                rgb, width, height, Options.Filter)
            : rgb.Resize(width, height, new ResizeOptions
            {
                Filter = Options.Filter,
                Order = Options.Backend == ImageBackend.Pillow ? Options.Order : PassOrder.HorizontalFirst,
            });
        return Options.Crop is { } crop && crop != (height, width)
            ? resized.Crop(Offset(width, crop.Width), Offset(height, crop.Height), crop.Width, crop.Height)
            : resized;
    }

    /// <summary>Preprocesses a picture to float32 [3, height, width].</summary>
    /// <param name="picture">The picture. Grays are copied to all three colors; alpha is dropped.</param>
    /// <param name="target">3 × height × width numbers of the <see cref="OutputSize"/>.</param>
    /// <exception cref="ArgumentException">The target has the wrong length.</exception>
    public void Process(Picture picture, Span<float> target)
    {
        var pixels = Prepare(picture);
        if (target.Length != pixels.Pixels.Length)
        {
            throw new ArgumentException(
                $"The picture needs 3 x {pixels.Height} x {pixels.Width} numbers, but the target has {target.Length}.", nameof(target));
        }

        PixelLevels.Apply(pixels.Pixels, _levels, target);
    }

    private (int Width, int Height) ResizedSize(int width, int height)
    {
        if (Options.Resize == ImageResize.Patches)
        {
            return PatchSizes.Fit(width, height, Options.PatchSize, Options.MostPatches);
        }

        if (Options.Resize != ImageResize.ShortestEdge)
        {
            return Options.Resize == ImageResize.Exact ? (Options.ResizeWidth, Options.ResizeHeight) : (width, height);
        }

        var edge = Options.ResizeHeight;
        var longer = (long)((double)((long)edge * Math.Max(width, height)) / Math.Min(width, height));
        if (longer > ushort.MaxValue)
        {
            throw new InvalidDataException(
                $"A picture of {width} x {height} pixels is too elongated for a shorter side of {edge}: crop it first.");
        }

        return width <= height ? (edge, (int)longer) : ((int)longer, edge);
    }

    // The crop offset. Negative if the crop is larger than the picture.
    private int Offset(int size, int crop)
    {
        if (size < crop)
        {
            var missing = crop - size;
            return Options is { Library: ImageLibrary.Transformers, Backend: ImageBackend.Pillow } ? -((missing + 1) / 2) : -(missing / 2);
        }

        return Options.Library == ImageLibrary.Transformers
            ? (size - crop) / 2
            : (int)Math.Round((size - crop) / 2.0, MidpointRounding.ToEven);
    }
}
