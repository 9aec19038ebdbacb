namespace Simile.Imaging;

/// <summary>Options of <see cref="Picture.Resize"/>. The defaults are those of Pillow's <c>Image.resize</c> up to 12.1.</summary>
public sealed record ResizeOptions
{
    /// <summary>The filter. Bicubic by default.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bicubic;

    /// <summary>The part of the source to resize, with its edges in pixels; null for the whole picture.</summary>
    public (float Left, float Top, float Right, float Bottom)? Box { get; init; }

    /// <summary>
    /// Optional, at least 1. Blocks of whole pixels are averaged first, down to this many times the target size. A small gap is faster and
    /// less exact. No effect on Nearest and on pictures with alpha, as in Pillow.
    /// </summary>
    public double? ReducingGap { get; init; }

    /// <summary>The order of the passes.</summary>
    public PassOrder Order { get; init; }

    /// <summary>Throws if the options are invalid for a picture of this size.</summary>
    /// <exception cref="ArgumentException">The gap is below 1, or the box is empty or not inside the picture.</exception>
    internal void Validate(int width, int height)
    {
        if (ReducingGap is { } gap && !(gap >= 1))
        {
            throw new ArgumentException($"The reducing gap is {gap}, but must be at least 1.");
        }

        if (Box is { } box
            && !(box.Left >= 0 && box.Top >= 0 && box.Right <= width
                && box.Bottom <= height && box.Left < box.Right && box.Top < box.Bottom))
        {
            throw new ArgumentException(
                $"The box from ({box.Left}, {box.Top}) to ({box.Right}, {box.Bottom}) is empty or not inside a picture of {width} "
                + $"x {height} pixels.");
        }
    }
}
