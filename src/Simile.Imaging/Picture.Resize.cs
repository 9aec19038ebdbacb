using Simile.Imaging.Resizing;

namespace Simile.Imaging;

/// <content>Resizing.</content>
public sealed partial class Picture
{
    /// <summary>Resizes the picture. Equal to Pillow's <c>Image.resize</c>, byte for byte.</summary>
    /// <param name="width">Width of the result, 1 to 65,535.</param>
    /// <param name="height">Height of the result, 1 to 65,535.</param>
    /// <param name="options">Filter, box and pass order; null for the defaults.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the options are invalid.</exception>
    public Picture Resize(int width, int height, ResizeOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, LargestPixelCount, nameof(height));
        options ??= new ResizeOptions();
        options.Validate(Width, Height);
        var box = options.Box ?? (0, 0, Width, Height);
        if ((width, height) == (Width, Height) && box == (0, 0, Width, Height))
        {
            return new Picture(Width, Height, Channels, [.. _pixels]);
        }

        if (Channels is 2 or 4 && options.Filter != ResizeFilter.Nearest)
        {
            return Premultiplied().ResizePlain(width, height, options.Filter, box, options.Order).Unpremultiplied();
        }

        var source = options.ReducingGap is { } gap && options.Filter != ResizeFilter.Nearest
            ? ReduceBefore(width, height, options.Filter, gap, ref box)
            : this;
        return source.ResizePlain(width, height, options.Filter, box, options.Order);
    }

    private Picture ResizePlain(
        int width, int height, ResizeFilter filter, (float Left, float Top, float Right, float Bottom) box, PassOrder order) =>
        filter == ResizeFilter.Nearest
            ? Resampling.Nearest(this, width, height, box)
            : Resampling.Filtered(this, width, height, filter, box, order);

    // First averages blocks of whole pixels as far as the gap allows. The box then refers to the smaller picture.
    private Picture ReduceBefore(
        int width, int height, ResizeFilter filter, double gap, ref (float Left, float Top, float Right, float Bottom) box)
    {
        var (scaleX, scaleY) = (((double)box.Right - box.Left) / width, ((double)box.Bottom - box.Top) / height);
        var (factorX, factorY) = (Math.Max((int)(scaleX / gap), 1), Math.Max((int)(scaleY / gap), 1));
        if (factorX == 1 && factorY == 1)
        {
            return this;
        }

        // The reach of the filter around the box.
        var support = ResizeWeights.Support(filter) - 0.5;
        var left = Math.Max(0, (int)(box.Left - (support * scaleX)));
        var top = Math.Max(0, (int)(box.Top - (support * scaleY)));
        var right = Math.Min(Width, (int)Math.Ceiling(box.Right + (support * scaleX)));
        var bottom = Math.Min(Height, (int)Math.Ceiling(box.Bottom + (support * scaleY)));
        box = ((float)(((double)box.Left - left) / factorX), (float)(((double)box.Top - top) / factorY),
            (float)(((double)box.Right - left) / factorX), (float)(((double)box.Bottom - top) / factorY));
        return Reduction.Mean(this, factorX, factorY, left, top, right, bottom);
    }
}
