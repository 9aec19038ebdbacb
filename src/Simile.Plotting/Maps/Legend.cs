using System.Globalization;
using Simile.Plotting.Drawing;
using Simile.Plotting.Text;
using SkiaSharp;

namespace Simile.Plotting.Maps;

/// <summary>The groups with their colors and numbers of points, or the scale of values, on the right of a map.</summary>
internal sealed class Legend(ScatterMap map, Surface surface, Theme theme, float size)
{
    private const float WidestShare = .3f;

    /// <summary>Draws it on the right of a box.</summary>
    /// <returns>The rest of the box, for the map.</returns>
    public Box Draw(Box box) =>
        !map.Options.Legend ? box : map.Groups is not null ? Groups(box) : map.Values is not null ? Values(box) : box;

    private Box Groups(Box box)
    {
        var rows = Rows((int)(box.Height / (size * ShapedText.LineHeight)));
        var (swatch, gap, widest) = (size * .75f, size * .6f, box.Width * WidestShare);
        var counts = rows.ConvertAll(row => surface.Shaper.Shape(row.Count, size));
        var beside = (size * 1.2f) + gap + counts.Max(count => count.Width);
        var names = rows.ConvertAll(row => surface.Shaper.ShapeToFit(row.Name, size, widest - beside));
        var width = names.Max(name => name.Width) + beside;
        var (left, y) = (box.Right - width, box.Top + (size * .8f));
        for (var i = 0; i < rows.Count; i++, y += size * ShapedText.LineHeight)
        {
            if (rows[i].Color is { } fill)
            {
                surface.Discs([new SKPoint(left + (swatch / 2), y)], swatch / 2, fill, 1, theme.Paper, 0);
            }

            surface.Text(names[i], left + (size * 1.2f), y, Anchor.Left, rows[i].Color is null ? theme.Faint : theme.Ink);
            surface.Text(counts[i], box.Right, y, Anchor.Right, theme.Faint);
        }

        return box with { Width = box.Width - width - size };
    }

    private List<(Color? Color, string Name, string Count)> Rows(int most)
    {
        var counts = map.Groups!.GroupBy(group => group).OrderBy(group => group.Key < 0).ThenBy(group => group.Key)
            .Select(group => (group.Key, Count: group.Count())).ToList();
        var shown = counts.Count <= most ? counts.Count : Math.Max(1, most - 1);
        var rows = counts.Take(shown).Select(group => ((Color?)Palette.Of(group.Key), Printable.Of(map.NameOf(group.Key)), Of(group.Count)))
            .ToList();
        if (shown < counts.Count)
        {
            rows.Add((null, $"and {Of(counts.Count - shown)} more", string.Empty));
        }

        return rows;
    }

    private static string Of(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private Box Values(Box box)
    {
        var (least, most) = PointColors.Range(map.Values!);
        var ends = new[] { most, least }.Select(value => surface.Shaper.Shape(value.ToString("G4", CultureInfo.InvariantCulture), size))
            .ToArray();
        var name = surface.Shaper.ShapeToFit(map.ValueName ?? string.Empty, size, box.Width * WidestShare);
        var (bar, height) = (size, Math.Min(box.Height * .5f, size * 20));
        var width = Math.Max(name.Width, bar + (size * .6f) + ends.Max(end => end.Width));
        var (left, top) = (box.Right - width, box.Top + (name.Text.Length > 0 ? name.Height * 1.4f : size));
        surface.Text(name, left, box.Top + (size * .8f), Anchor.Left, theme.Ink);
        const int Steps = 64;
        for (var step = 0; step < Steps; step++)
        {
            surface.Rectangle(
                new Box(left, top + (height * step / Steps), bar, (height / Steps) + .5f), Palette.OfValue(1 - (step / (Steps - 1f))));
        }

        surface.Text(ends[0], left + (bar * 1.6f), top + (size / 2), Anchor.Left, theme.Ink);
        surface.Text(ends[1], left + (bar * 1.6f), top + height - (size / 2), Anchor.Left, theme.Ink);
        return box with { Width = box.Width - width - size };
    }
}
