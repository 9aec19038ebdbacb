using Simile.Numerics.Files;
using SkiaSharp;

namespace Simile.Imaging;

/// <content>Saving.</content>
public sealed partial class Picture
{
    /// <summary>Saves the picture as PNG. The file is written atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var target = bitmap.GetPixelSpan();
        for (var i = 0; i < Width * Height; i++)
        {
            var pixel = _pixels.AsSpan(i * Channels, Channels);
            var gray = Channels < 3;
            target[4 * i] = pixel[0];
            target[(4 * i) + 1] = gray ? pixel[0] : pixel[1];
            target[(4 * i) + 2] = gray ? pixel[0] : pixel[2];
            target[(4 * i) + 3] = Channels is 2 or 4 ? pixel[^1] : byte.MaxValue;
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        WholeFile.Write(path, data.SaveTo);
    }
}
