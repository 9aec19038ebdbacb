using Simile.Plotting.Drawing;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>Thumbnails in the map, as many as fit without overlap. The other points are drawn as points.</summary>
internal static class Thumbnails
{
    private const float Gap = 2;

    /// <summary>Draws the thumbnails at their points.</summary>
    /// <returns>The boxes of the thumbnails.</returns>
    public static List<Box> Draw(ScatterMap map, Surface surface, SKPoint[] places, CancellationToken stop)
    {
        if (map.Thumbnail is not { } thumbnail)
        {
            return [];
        }

        var (size, color, taken, drawn) =
            (map.Options.ThumbnailSize, PointColors.Of(map), new BoxGrid(map.Options.ThumbnailSize), new List<Box>());
        for (var i = 0; i < places.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var room = Box.Around(places[i].X, places[i].Y, size, size).Grow(Gap);
            if (taken.IsFree(room) && thumbnail(i) is { } file && SizeOf(file, size) is var (width, height))
            {
                var box = Box.Around(places[i].X, places[i].Y, width, height);
                surface.Encoded(file, box);
                surface.Frame(box, color(i), Gap);
                taken.Add(room);
                drawn.Add(box);
            }
        }

        return drawn;
    }

    // Scaled to fit in a square, with the aspect ratio kept.
    private static (float Width, float Height)? SizeOf(byte[] file, float size)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        var scale = size / Math.Max(codec.Info.Width, codec.Info.Height);
        return (codec.Info.Width * scale, codec.Info.Height * scale);
    }
}
