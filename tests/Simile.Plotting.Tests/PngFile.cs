using SkiaSharp;

namespace Simile.Plotting.Tests;

/// <summary>What a test asks of a picture file.</summary>
internal static class PngFile
{
    public static (int Width, int Height) Size(string path)
    {
        using var bitmap = SKBitmap.Decode(path);
        return (bitmap.Width, bitmap.Height);
    }

    /// <summary>How many pixels have a color, nearly.</summary>
    public static int Count(string path, byte r, byte g, byte b, int apart = 12)
    {
        using var bitmap = SKBitmap.Decode(path);
        return bitmap.Pixels.Count(pixel => Math.Abs(pixel.Red - r) + Math.Abs(pixel.Green - g) + Math.Abs(pixel.Blue - b) <= apart);
    }
}
