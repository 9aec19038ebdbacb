using Simile.Numerics.Files;
using Simile.Plotting.Drawing;
using Simile.Plotting.Text;

namespace Simile.Plotting.Maps;

/// <summary>All thumbnails in one square picture, row by row, as the Embedding Projector expects: at most 8192 pixels wide.</summary>
internal static class Sprite
{
    private const int Widest = 8192;
    private const int LargestThumbnail = 64;

    /// <summary>Writes the sprite.</summary>
    /// <returns>The side of a thumbnail in pixels.</returns>
    /// <exception cref="ArgumentException">There are too many points for 8192 × 8192 pixels.</exception>
    public static int Write(string path, ScatterMap map, CancellationToken stop)
    {
        var columns = (int)Math.Ceiling(Math.Sqrt(map.Count));
        var side = Math.Min(LargestThumbnail, Widest / columns);
        if (side < 1)
        {
            throw new ArgumentException(
                $"{map.Count:N0} thumbnails do not fit in a sprite of {Widest} x {Widest} pixels: write without thumbnails.");
        }

        using var surface = new RasterSurface(columns * side, columns * side, Theme.Of(map.Options.Theme).Paper, new TextShaper(map.Fonts));
        for (var i = 0; i < map.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (map.Thumbnail!(i) is { } file)
            {
                surface.Encoded(file, new Box(i % columns * side, i / columns * side, side, side));
            }
        }

        WholeFile.Write(path, surface.Save);
        return side;
    }
}
