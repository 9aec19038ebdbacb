namespace Simile.Imaging;

/// <content>Colors multiplied by alpha, as a resize needs them.</content>
public sealed partial class Picture
{
    private Picture Premultiplied()
    {
        var result = New(Width, Height, Channels);
        var source = _pixels.AsSpan();
        var target = result.Pixels;
        var colors = Channels - 1;
        for (var i = 0; i < target.Length; i += Channels)
        {
            var alpha = source[i + colors];
            for (var c = 0; c < colors; c++)
            {
                target[i + c] = Multiply255(source[i + c], alpha);
            }

            target[i + colors] = alpha;
        }

        return result;
    }

    private Picture Unpremultiplied()
    {
        var pixels = _pixels.AsSpan();
        var colors = Channels - 1;
        for (var i = 0; i < pixels.Length; i += Channels)
        {
            if (pixels[i + colors] is > 0 and < 255 and var alpha)
            {
                for (var c = 0; c < colors; c++)
                {
                    pixels[i + c] = (byte)Math.Min(255 * pixels[i + c] / alpha, 255);
                }
            }
        }

        return this;
    }

    // Pillow's formula for a division by 255.
    private static byte Multiply255(int a, int b)
    {
        var t = (a * b) + 128;
        return (byte)(((t >> 8) + t) >> 8);
    }
}
