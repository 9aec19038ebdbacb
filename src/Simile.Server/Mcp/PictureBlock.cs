using ModelContextProtocol.Protocol;
using Simile.Imaging;
using Simile.Plotting;

namespace Simile.Server.Mcp;

/// <summary>Pictures as image blocks.</summary>
internal static class PictureBlock
{
    /// <summary>A picture file, made smaller; null if it cannot be read any more.</summary>
    public static ImageContentBlock? Small(string path, int size)
    {
        try
        {
            return Load(path, size);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A picture file, made smaller if its longer side is beyond a size.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static ImageContentBlock Load(string path, int size)
    {
        var picture = Picture.Load(path);
        var scale = Math.Min(1, (double)size / Math.Max(picture.Width, picture.Height));
        var small = scale < 1
            ? picture.Resize(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)))
            : picture;
        var file = ThumbnailEncoder.Encode(small.Width, small.Height, small.Channels, small.Pixels);
        return ImageContentBlock.FromBytes(file, file[0] == 0x89 ? "image/png" : "image/jpeg");
    }
}
