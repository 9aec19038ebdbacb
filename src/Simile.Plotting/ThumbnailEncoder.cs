using SkiaSharp;

namespace Simile.Plotting;

/// <summary>Small pictures as files for <see cref="ScatterMap.Thumbnail"/>.</summary>
public static class ThumbnailEncoder
{
    // JPEG's blocks show on drawings this small, and PNG is small enough.
    private const int LargestPng = 32 * 32;
    private const int JpegQuality = 85;

    /// <summary>Encodes pixels as PNG where there are few or some are transparent, else as JPEG.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">Bytes of a pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="pixels">Height × width × channels bytes, row after row.</param>
    /// <exception cref="ArgumentException">The bytes are not as many.</exception>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        if (width < 1 || height < 1 || channels is < 1 or > 4 || pixels.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"A picture of {width} x {height} pixels with {channels} channels does not have {pixels.Length} bytes.");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var target = bitmap.GetPixelSpan();
        for (var i = 0; i < width * height; i++)
        {
            var pixel = pixels.Slice(i * channels, channels);
            target[4 * i] = pixel[0];
            target[(4 * i) + 1] = channels < 3 ? pixel[0] : pixel[1];
            target[(4 * i) + 2] = channels < 3 ? pixel[0] : pixel[2];
            target[(4 * i) + 3] = channels is 2 or 4 ? pixel[^1] : byte.MaxValue;
        }

        using var data = channels is 2 or 4 || width * height <= LargestPng
            ? bitmap.Encode(SKEncodedImageFormat.Png, 100)
            : bitmap.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return data.ToArray();
    }
}
