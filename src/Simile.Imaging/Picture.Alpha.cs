using Simile.Imaging.Decoders;

namespace Simile.Imaging;

/// <content>Alpha.</content>
public sealed partial class Picture
{
    /// <summary>Drops the alpha of a picture with 4 channels, blends it onto white, or keeps it.</summary>
    internal Picture WithAlpha(AlphaMode alpha)
    {
        if (alpha == AlphaMode.Keep)
        {
            return this;
        }

        var rgb = New(Width, Height, 3);
        AlphaPixels.Remove(_pixels, rgb.Pixels, alpha);
        return rgb;
    }
}
