namespace Simile.Imaging;

/// <content>Cropping and conversion to RGB.</content>
public sealed partial class Picture
{
    /// <summary>A part of the picture. Pixels outside the picture are zero (black; transparent if there is alpha).</summary>
    /// <param name="left">First column, which may be negative.</param>
    /// <param name="top">First row, which may be negative.</param>
    /// <param name="width">Columns of the part, at least 1.</param>
    /// <param name="height">Rows of the part, at least 1.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the part has more than <see cref="LargestPixelCount"/> pixels.</exception>
    public Picture Crop(int left, int top, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, LargestPixelCount, nameof(height));
        var part = new Picture(width, height, Channels, new byte[width * height * Channels]);
        var (from, end) = ((int)Math.Clamp(left, 0, Width), (int)Math.Clamp((long)left + width, 0, Width));
        for (var y = Math.Max(0L, top); y < Math.Min((long)top + height, Height); y++)
        {
            if (from < end)
            {
                Row((int)y)[(from * Channels)..(end * Channels)].CopyTo(part.Row((int)(y - top))[((from - left) * Channels)..]);
            }
        }

        return part;
    }

    /// <summary>
    /// Converts to RGB: grays are copied to all three colors, alpha is dropped. Returns itself if it already has three channels.
    /// </summary>
    internal Picture ToRgb()
    {
        if (Channels == 3)
        {
            return this;
        }

        if (Channels == 4)
        {
            return WithAlpha(AlphaMode.Drop);
        }

        var rgb = New(Width, Height, 3);
        for (var i = 0; i < Width * Height; i++)
        {
            rgb.Pixels.Slice(i * 3, 3).Fill(_pixels[i * Channels]);
        }

        return rgb;
    }
}
