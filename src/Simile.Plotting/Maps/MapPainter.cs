using Simile.Plotting.Drawing;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>Draws a map: heading, legend, points or their density, thumbnails, then the names of groups.</summary>
internal sealed class MapPainter(ScatterMap map, Surface surface, CancellationToken stop)
{
    // Above this number of points, discs hide each other, so the density is drawn instead.
    private const int MostDiscs = 8_000;
    private const int MostSvgDiscs = 50_000;
    private readonly Theme _theme = Theme.Of(map.Options.Theme);

    public void Paint()
    {
        var text = TextSize(map.Options);
        var whole = new Box(0, 0, map.Options.Width, map.Options.Height).Grow(-text);
        var below = Heading(whole, text * 1.5f);
        var legend = new Legend(map, surface, _theme, text);
        var box = legend.Draw(below).Grow(-text);
        var places = new MapView(map.Positions, box).Places(map.Positions);
        stop.ThrowIfCancellationRequested();
        Points(places);
        stop.ThrowIfCancellationRequested();
        var thumbnails = Thumbnails.Draw(map, surface, places, stop);
        new GroupLabels(map, surface, _theme, text * 1.15f).Draw(places, box.Grow(text), thumbnails);
    }

    /// <summary>The em size of small text in pixels: a little more than 1/80 of the shorter side.</summary>
    public static float TextSize(ScatterMapOptions options) => Math.Clamp(Math.Min(options.Width, options.Height) / 72f, 9f, 60f);

    private Box Heading(Box box, float size)
    {
        if (map.Options.Title is not { Length: > 0 } title)
        {
            return box;
        }

        var line = surface.Shaper.ShapeToFit(title, size, box.Width, bold: true);
        surface.Text(
            line,
            line.IsRightToLeft ? box.Right : box.Left,
            box.Top + (line.Height / 2),
            line.IsRightToLeft ? Anchor.Right : Anchor.Left,
            _theme.Ink);
        return new Box(box.Left, box.Top + line.Height, box.Width, box.Height - line.Height);
    }

    private void Points(SKPoint[] places)
    {
        var radius = map.Options.PointRadius ?? Radius(places.Length);
        if (places.Length > (surface is SvgSurface ? MostSvgDiscs : MostDiscs))
        {
            using var density = new DensityLayer(map, places, radius, _theme).Draw(stop);
            surface.Pixels(density, 0, 0);
            return;
        }

        foreach (var (color, centers) in ByColor(places))
        {
            surface.Discs(
                centers, radius, color, places.Length > 1000 ? .75f : .9f, _theme.Paper, places.Length > 2000 ? 0 : radius * .18f);
        }
    }

    // Points without a group are drawn first, below all others.
    private IEnumerable<(Color Color, List<SKPoint> Centers)> ByColor(SKPoint[] places)
    {
        var color = PointColors.Of(map);
        return Enumerable.Range(0, places.Length).GroupBy(color)
            .OrderBy(group => group.Key != Palette.NoGroup)
            .Select(group => (group.Key, group.Select(i => places[i]).ToList()));
    }

    // All points together cover about a tenth of the picture.
    private float Radius(int count) =>
        (float)Math.Clamp(
            Math.Sqrt(.1 * map.Options.Width * map.Options.Height / (Math.PI * count)),
            map.Options.Width / 1600.0,
            Math.Min(map.Options.Width, map.Options.Height) / 170.0);
}
