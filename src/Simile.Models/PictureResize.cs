using System.Globalization;
using Simile.Imaging;

namespace Simile.Models;

/// <summary>A resize of pictures that is chosen in the place of the one that a model's files ask for.</summary>
/// <param name="Kind"><see cref="ImageResize.Exact"/>: to height and width, with nothing cropped. <see cref="ImageResize.ShortestEdge"/>: by the shorter side, then the middle is kept as before.</param>
/// <param name="Height">Rows, or the shorter side; null for the size that the network gets otherwise.</param>
/// <param name="Width">Columns of an exact resize; null for as many as rows.</param>
public sealed record PictureResize(ImageResize Kind, int? Height = null, int? Width = null)
{
    private const int Largest = 1 << 14;
    private const string Mark = "#resize=";

    /// <summary>Reads <c>exact</c>, <c>exact:224</c>, <c>exact:224x320</c> (height x width), <c>shortest</c> or <c>shortest:256</c>; null where the text is none of these.</summary>
    public static PictureResize? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (word, sizes) = text.Split(':') switch
        {
            [var only] => (only, Array.Empty<string>()),
            [var first, var size] => (first, size.Split('x')),
            _ => (string.Empty, []),
        };
        var numbers = Array.ConvertAll(sizes, size => int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Largest ? number : 0);
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
            throw new NotSupportedException("The model takes pictures of any proportions, as patches: another resize cannot be chosen for it.");
        }

        var usual = options.Crop ?? (options.ResizeHeight, options.Resize == ImageResize.Exact ? options.ResizeWidth : options.ResizeHeight);
        var height = Height ?? (Kind == ImageResize.Exact ? usual.Height : Math.Min(usual.Height, usual.Width));
        return Kind == ImageResize.Exact
            ? options with { Resize = ImageResize.Exact, ResizeHeight = height, ResizeWidth = Width ?? Height ?? usual.Width, Crop = null }
            : options with { Resize = ImageResize.ShortestEdge, ResizeHeight = height, ResizeWidth = height, Crop = usual };
    }

    /// <summary>The name of a model with this resize, <c>MODEL#resize=exact:224</c>, as <see cref="JointModel.Load"/> and <see cref="ImageEmbedder.Load"/> take it.</summary>
    public string NameOf(string model) => model + Mark + this;

    /// <summary>A name that <see cref="NameOf"/> made, in its parts; null for the resize where the name has none.</summary>
    public static (string Model, PictureResize? Resize) Split(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var at = model.LastIndexOf(Mark, StringComparison.Ordinal);
        return at > 0 && Parse(model[(at + Mark.Length)..]) is { } resize ? (model[..at], resize) : (model, null);
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        var word = Kind == ImageResize.Exact ? "exact" : "shortest";
        return Height is not { } height ? word : string.Create(CultureInfo.InvariantCulture, $"{word}:{height}{(Width is { } width && width != height ? $"x{width}" : string.Empty)}");
    }
}
