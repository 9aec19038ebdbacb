using System.Globalization;
using Simile.Imaging;

namespace Simile.Models;

/// <summary>A resize of pictures that replaces the one of a model's files.</summary>
/// <param name="Kind">
/// <see cref="ImageResize.Exact"/>: to height and width, without a crop. <see cref="ImageResize.ShortestEdge"/>: by the shorter side, then
/// the usual center crop.
/// </param>
/// <param name="Height">Height, or the shorter side; null for the network's usual size.</param>
/// <param name="Width">Width of an exact resize; null for the height.</param>
public sealed record PictureResize(ImageResize Kind, int? Height = null, int? Width = null)
{
    private const int Largest = 1 << 14;
    private const string Mark = "#resize=";

    /// <summary>
    /// Parses <c>exact</c>, <c>exact:224</c>, <c>exact:224x320</c> (height x width), <c>shortest</c> or <c>shortest:256</c>; null for other
    /// texts.
    /// </summary>
    public static PictureResize? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (word, sizes) = text.Split(':') switch
        {
            [var only] => (only, Array.Empty<string>()),
            [var first, var size] => (first, size.Split('x')),
            _ => (string.Empty, []),
        };
        var numbers = Array.ConvertAll(sizes, size =>
            int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Largest
                ? number
                : 0);
        return Array.IndexOf(numbers, 0) >= 0 ? null : (word, numbers) switch
        {
            ("exact", []) => new PictureResize(ImageResize.Exact),
            ("exact", [var side]) => new PictureResize(ImageResize.Exact, side, side),
            ("exact", [var height, var width]) => new PictureResize(ImageResize.Exact, height, width),
            ("shortest", []) => new PictureResize(ImageResize.ShortestEdge),
            ("shortest", [var side]) => new PictureResize(ImageResize.ShortestEdge, side),
            _ => null,
        };
    }

    /// <summary>The options with this resize.</summary>
    /// <exception cref="NotSupportedException">The network takes patches of pictures of any size.</exception>
    public ImageProcessorOptions Apply(ImageProcessorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Resize == ImageResize.Patches)
        {
            throw new NotSupportedException("The model takes patches of pictures of any aspect ratio, so the resize cannot be changed.");
        }

        var usual = options.Crop
            ?? (options.ResizeHeight, options.Resize == ImageResize.Exact ? options.ResizeWidth : options.ResizeHeight);
        var height = Height ?? (Kind == ImageResize.Exact ? usual.Height : Math.Min(usual.Height, usual.Width));
        return Kind == ImageResize.Exact
            ? options with { Resize = ImageResize.Exact, ResizeHeight = height, ResizeWidth = Width ?? Height ?? usual.Width, Crop = null }
            : options with { Resize = ImageResize.ShortestEdge, ResizeHeight = height, ResizeWidth = height, Crop = usual };
    }

    /// <summary>
    /// The name of a model with this resize, <c>MODEL#resize=exact:224</c>, for <see cref="MultimodalModel.Load"/> and
    /// <see cref="ImageEmbedder.Load"/>.
    /// </summary>
    public string NameOf(string model) => model + Mark + this;

    /// <summary>Splits a name made by <see cref="NameOf"/>; the resize is null if the name has none.</summary>
    public static (string Model, PictureResize? Resize) Split(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var at = model.LastIndexOf(Mark, StringComparison.Ordinal);
        return at > 0 && Parse(model[(at + Mark.Length)..]) is { } resize ? (model[..at], resize) : (model, null);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var word = Kind == ImageResize.Exact ? "exact" : "shortest";
        return Height is not { } height
            ? word
            : string.Create(
                CultureInfo.InvariantCulture, $"{word}:{height}{(Width is { } width && width != height ? $"x{width}" : string.Empty)}");
    }
}
