namespace Simile.Imaging.Features;

/// <summary>
/// The gray levels of a picture, row by row: the simplest vector of a picture. It is not invariant to translation, scale or cropping.
/// </summary>
public sealed record GrayPixels : PictureFeature
{
    /// <summary>Columns that the picture is resized to, 1 to 1024. 28 by default, as in MNIST.</summary>
    public int Width { get; init; } = 28;

    /// <summary>Rows that the picture is resized to, 1 to 1024. 28 by default.</summary>
    public int Height { get; init; } = 28;

    /// <summary>Whether levels are 0 to 1 instead of 0 to 255.</summary>
    public bool IsUnit { get; init; } = true;

    /// <summary>
    /// Whether levels are inverted, so that black is the greatest level: dark ink on white paper then matches MNIST's white ink on black.
    /// </summary>
    public bool IsInverted { get; init; }

    /// <summary>Which pass of the resize runs first. By default that of Pillow 13.</summary>
    public PassOrder Order { get; init; } = PassOrder.Pillow13;

    /// <inheritdoc/>
    public override string Name =>
        $"pixels({Width}x{Height}{(IsUnit ? string.Empty : ",bytes")}{(IsInverted ? ",inverted" : string.Empty)}"
        + $"{(Order == PassOrder.Pillow13 ? string.Empty : ",across")})";

    /// <inheritdoc/>
    public override int Dimensions => Width * Height;

    /// <inheritdoc/>
    public override float[] Compute(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Validate();
        var pixels = picture.ToGray().Resize(Width, Height, new ResizeOptions { Filter = ResizeFilter.Bilinear, Order = Order }).Pixels;
        var levels = new float[pixels.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            var level = IsInverted ? 255 - pixels[i] : pixels[i];
            levels[i] = IsUnit ? level / 255f : level;
        }

        return levels;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        RequireSize(Width, nameof(Width));
        RequireSize(Height, nameof(Height));
    }
}
