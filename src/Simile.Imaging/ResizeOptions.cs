namespace Simile.Imaging;

/// <summary>How <see cref="Picture.Resize"/> works; the defaults are those of Pillow's <c>Image.resize</c> up to 12.1.</summary>
public sealed record ResizeOptions
{
    /// <summary>The filter. Bicubic by default.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bicubic;

    /// <summary>The part of the source that is taken, its edges in pixels; null for the whole.</summary>
    public (float Left, float Top, float Right, float Bottom)? Box { get; init; }

    /// <summary>
    /// Where given (at least 1), whole numbers of pixels are averaged first as long as that leaves this many times the target's size: faster,
    /// and less exact the smaller it is. Has no effect on Nearest and on pictures with alpha, as in Pillow.
    /// </summary>
    public double? ReducingGap { get; init; }

    /// <summary>Which pass goes first.</summary>
    public PassOrder Order { get; init; }

    /// <summary>Throws where the options cannot be met for a picture of this size.</summary>
    /// <exception cref="ArgumentException">The gap is below 1, or the box is empty or not inside the picture.</exception>
    internal void Validate(int width, int height)
    {
        if (ReducingGap is { } gap && !(gap >= 1))
        {
            throw new ArgumentException($"A reducing gap of {gap} cannot be had: it is at least 1.");
        }

        if (Box is { } box && !(box.Left >= 0 && box.Top >= 0 && box.Right <= width && box.Bottom <= height && box.Left < box.Right && box.Top < box.Bottom))
        {
            throw new ArgumentException($"The box from ({box.Left}, {box.Top}) to ({box.Right}, {box.Bottom}) is empty or not inside a picture of {width} x {height} pixels.");
        }
    }
}
