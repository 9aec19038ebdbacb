using System.Globalization;
using Simile.Imaging;

namespace Simile.Models;

/// <summary>Describes picture preprocessing in words.</summary>
internal static class PicturePreparation
{
    /// <summary>One line: resize, crop, filter, means.</summary>
    public static string Of(ImageProcessorOptions options)
    {
        var resize = options.Resize switch
        {
            ImageResize.None => "not resized",
            ImageResize.Exact => Text($"resized to {options.ResizeWidth} x {options.ResizeHeight}"),
            ImageResize.ShortestEdge => Text($"shorter side resized to {options.ResizeHeight}"),
            _ => Text($"split into at most {options.MostPatches} patches of {options.PatchSize} x {options.PatchSize}"),
        };
        var crop = options.Crop is { } size ? Text($", center {size.Width} x {size.Height}") : string.Empty;
        var filter = options.Resize == ImageResize.None ? string.Empty : ", " + options.Filter.ToString().ToLowerInvariant();
        var colors = options.Mean.Count == 0 ? string.Empty : $", mean {Numbers(options.Mean)}, deviation {Numbers(options.Std)}";
        return resize + crop + filter + colors;
    }

    private static string Numbers(IEnumerable<float> numbers) =>
        string.Join(' ', numbers.Select(number => number.ToString("0.###", CultureInfo.InvariantCulture)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
