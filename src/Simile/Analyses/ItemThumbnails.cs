using Simile.Imaging;
using Simile.Plotting;

namespace Simile.Analyses;

/// <summary>Thumbnails of picture files; a picture that cannot be read any more has none.</summary>
internal sealed class ItemThumbnails(IReadOnlyList<AnalyzedItem> items, int size)
{
    public byte[]? Get(int item)
    {
        if (items[item] is not { Kind: MediaKind.Image, Path: { } path })
        {
            return null;
        }

        try
        {
            var picture = Picture.Load(path);
            var scale = Math.Min(1, (double)size / Math.Max(picture.Width, picture.Height));
            var small = scale < 1
                ? picture.Resize(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)))
                : picture;
            return ThumbnailEncoder.Encode(small.Width, small.Height, small.Channels, small.Pixels);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
