using Simile.Plotting.Drawing;
using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>The names of groups in the map. Each is placed where its group is densest, or as near as possible without overlap.</summary>
internal sealed class GroupLabels(ScatterMap map, Surface surface, Theme theme, float size)
{
    private const int Cells = 48;
    private const float WidestShare = .25f;
    private const int Turns = 16;
    private const int Rings = 14;

    public void Draw(SKPoint[] places, Box area, IReadOnlyList<Box> thumbnails)
    {
        foreach (var label in Place(places, area, thumbnails))
        {
            if (label.IsMoved)
            {
                surface.Line(label.Box.MiddleX, label.Box.MiddleY, label.At.X, label.At.Y, theme.Faint, Math.Max(1, size / 14));
            }

            surface.Text(label.Text, label.Box.MiddleX, label.Box.MiddleY, Anchor.Middle, theme.Ink, theme.Paper);
        }
    }

    /// <summary>Places the labels, largest group first. A label without room is only in the legend.</summary>
    internal List<GroupLabel> Place(SKPoint[] places, Box area, IReadOnlyList<Box> thumbnails)
    {
        var placed = new List<GroupLabel>();
        var groups = map.Groups is { } all
            ? Enumerable.Range(0, places.Length).Where(i => all[i] >= 0).GroupBy(i => all[i]).OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key)
            : null;
        foreach (var group in groups?.Take(map.Options.Labels) ?? [])
        {
            var text = surface.Shaper.ShapeToFit(map.NameOf(group.Key), size, area.Width * WidestShare, bold: true);
            var at = Densest([.. group.Select(i => places[i])]);
            if (text.Text.Length > 0 && Room(text, at, area, placed, thumbnails) is { } box)
            {
                placed.Add(new GroupLabel(text, box, at));
            }
        }

        return placed;
    }

    // Try the point itself first, then rings around it of growing radius.
    private static Box? Room(ShapedText text, SKPoint at, Box area, List<GroupLabel> placed, IReadOnlyList<Box> thumbnails)
    {
        var (width, height) = (text.Width + (text.Size * .5f), text.Height);
        foreach (var avoided in thumbnails.Count > 0 ? new[] { thumbnails, [] } : [[]])
        {
            for (var step = 0; step <= Rings * Turns; step++)
            {
                var (ring, angle) = ((step + Turns - 1) / Turns, step % Turns * MathF.Tau / Turns);
                var box = Box.Around(
                    at.X + (ring * height * .8f * 1.6f * MathF.Cos(angle)), at.Y + (ring * height * .8f * MathF.Sin(angle)), width, height);
                if (area.Holds(box) && !placed.Exists(other => other.Box.Overlaps(box)) && !avoided.Any(other => other.Overlaps(box)))
                {
                    return box;
                }
            }
        }

        return null;
    }

    // The mean of the points in the fullest cell and its neighbors. The mean of all points may be between the parts of a group.
    private static SKPoint Densest(SKPoint[] points)
    {
        var (minX, maxX, minY, maxY) = (points.Min(p => p.X), points.Max(p => p.X), points.Min(p => p.Y), points.Max(p => p.Y));
        var cell = Math.Max(Math.Max(maxX - minX, maxY - minY) / Cells, 1e-3f) * (points.Length < 2000 ? 4 : 1);
        var counts = new Dictionary<(int X, int Y), int>();
        foreach (var point in points)
        {
            var at = CellOf(point);
            counts[at] = counts.GetValueOrDefault(at) + 1;
        }

        var best = counts.Keys.MaxBy(at => (Near(at).Sum(key => counts.GetValueOrDefault(key)), -at.Y, -at.X));
        var near = Near(best).ToHashSet();
        var inside = Array.FindAll(points, point => near.Contains(CellOf(point)));
        return new SKPoint(inside.Average(p => p.X), inside.Average(p => p.Y));

        (int X, int Y) CellOf(SKPoint point) => ((int)((point.X - minX) / cell), (int)((point.Y - minY) / cell));
    }

    private static IEnumerable<(int X, int Y)> Near((int X, int Y) at)
    {
        for (var i = 0; i < 9; i++)
        {
            yield return (at.X + (i % 3) - 1, at.Y + (i / 3) - 1);
        }
    }
}

/// <summary>A label with its position.</summary>
/// <param name="Text">The name.</param>
/// <param name="Box">The box of the text.</param>
/// <param name="At">The densest point of the group.</param>
internal sealed record GroupLabel(ShapedText Text, Box Box, SKPoint At)
{
    /// <summary>Whether the label is so far away that it needs a leader line to its group.</summary>
    public bool IsMoved => !Box.Grow(Box.Height).Holds(new Box(At.X, At.Y, 0, 0));
}
