namespace Simile.Models.Images;

/// <content>What becomes of alpha.</content>
public sealed partial class Picture
{
    /// <summary>A picture of 4 channels with its alpha left out, laid on white, or as it is.</summary>
    internal Picture WithAlpha(AlphaMode alpha)
    {
        if (alpha == AlphaMode.Keep)
        {
            return this;
        }

        var rgb = New(Width, Height, 3);
        var source = _pixels.AsSpan();
        var target = rgb.Pixels;
        for (int from = 0, to = 0; to < target.Length; from += 4, to += 3)
        {
            var opacity = alpha == AlphaMode.White ? source[from + 3] : 255;
            target[to] = OnWhite(source[from], opacity);
            target[to + 1] = OnWhite(source[from + 1], opacity);
            target[to + 2] = OnWhite(source[from + 2], opacity);
        }

        return rgb;
    }

    // Rounded to the nearest; 510 never divides the doubled sum plus 255 at a half.
    private static byte OnWhite(int colour, int opacity) =>
        opacity == 255 ? (byte)colour : (byte)(((2 * ((colour * opacity) + (255 * (255 - opacity)))) + 255) / 510);
}
