using Simile.Imaging.Decoders;

namespace Simile.Imaging;

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
        AlphaPixels.Remove(_pixels, rgb.Pixels, alpha);
        return rgb;
    }
}
