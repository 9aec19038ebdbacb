using Simile.Plotting.Drawing;
using SkiaSharp;

namespace Simile.Plotting.Charts;

/// <summary>Lines with dots, or bars, over two linear axes.</summary>
internal sealed class LinePlot : IPainter
{
    private const float Margin = .05f;
    private readonly string _xName;
    private readonly string _yName;
    private readonly IReadOnlyList<Series> _series;

    public LinePlot(string xName, string yName, IReadOnlyList<Series> series)
    {
        if (series.Count == 0)
        {
            throw new ArgumentException("A chart needs at least one line.");
        }

        foreach (var line in series)
        {
            line.Validate();
        }

        (_xName, _yName, _series) = (xName, yName, series);
    }

    public double? LeastX { get; init; }

    public double? MostX { get; init; }

    public double? LeastY { get; init; }

    public double? MostY { get; init; }

    public double? MarkX { get; init; }

    public bool WholeX { get; init; }

    public bool Diagonal { get; init; }

    public void Paint(Surface surface, Box box, Theme theme, float size)
    {
        var (x, y) = (RangeX(), Range(_series.SelectMany(line => line.Y), LeastY, MostY));
        var yTicks = Ticks.Between(y.Least, y.Most, 6, whole: false);
        var yWidth = yTicks.Max(tick => surface.Shaper.Shape(Ticks.Text(tick), size).Width);
        var plot = new Box(
            box.Left + yWidth + (size * 2.6f), box.Top + (size * .5f), box.Width - yWidth - (size * 3.4f), box.Height - (size * 3.9f));
        float AtX(double value) => plot.Left + (float)((value - x.Least) / (x.Most - x.Least) * plot.Width);
        float AtY(double value) => plot.Bottom - (float)((value - y.Least) / (y.Most - y.Least) * plot.Height);

        foreach (var tick in yTicks)
        {
            surface.Line(plot.Left, AtY(tick), plot.Right, AtY(tick), theme.Grid, 1);
            surface.Text(surface.Shaper.Shape(Ticks.Text(tick), size), plot.Left - (size * .6f), AtY(tick), Anchor.Right, theme.Faint);
        }

        foreach (var tick in Ticks.Between(x.Least, x.Most, (int)Math.Max(2, plot.Width / (size * 7)), WholeX))
        {
            surface.Line(AtX(tick), plot.Bottom, AtX(tick), plot.Bottom + (size * .3f), theme.Faint, 1);
            surface.Text(surface.Shaper.Shape(Ticks.Text(tick), size), AtX(tick), plot.Bottom + (size * 1.1f), Anchor.Middle, theme.Faint);
        }

        surface.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, theme.Faint, 1.2f);
        surface.Text(
            surface.Shaper.ShapeToFit(_xName, size, plot.Width), plot.MiddleX, plot.Bottom + (size * 2.9f), Anchor.Middle, theme.Ink);
        surface.TextUpward(surface.Shaper.ShapeToFit(_yName, size, plot.Height), box.Left + (size * .7f), plot.MiddleY, theme.Ink);
        if (Diagonal)
        {
            surface.Line(plot.Left, plot.Bottom, plot.Right, plot.Top, theme.Faint, size * .1f, dashed: true);
        }

        if (MarkX is { } mark)
        {
            surface.Line(AtX(mark), plot.Top, AtX(mark), plot.Bottom, theme.Faint, size * .1f, dashed: true);
            surface.Text(
                surface.Shaper.Shape(Ticks.Text(mark), size, bold: true),
                AtX(mark) + (size * .5f),
                plot.Top + size,
                Anchor.Left,
                theme.Ink,
                theme.Paper);
        }

        for (var i = 0; i < _series.Count; i++)
        {
            Draw(surface, _series[i], Palette.Of(i), theme, size, AtX, AtY, AtY(Math.Max(y.Least, 0)));
        }

        Names(surface, plot, theme, size);
    }

    private static void Draw(
        Surface surface, Series line, Color color, Theme theme, float size, Func<double, float> atX, Func<double, float> atY, float ground)
    {
        var points = line.X.Select((x, i) => new SKPoint(atX(x), atY(line.Y[i]))).ToList();
        if (line.IsBars)
        {
            var width = points.Count > 1 ? Math.Max(1, Math.Abs(points[1].X - points[0].X) * .7f) : size * 2;
            points.ForEach(point => surface.Rectangle(new Box(point.X - (width / 2), point.Y, width, ground - point.Y), color, .75f));
            return;
        }

        surface.Polyline(points, color, size * .16f);
        surface.Discs(points, size * (points.Count > 60 ? .15f : .3f), color, 1, theme.Paper, size * .1f);
    }

    // In the corner that the lines leave free: bottom right if they rise, top right if they fall.
    private void Names(Surface surface, Box plot, Theme theme, float size)
    {
        if (_series.Count < 2)
        {
            return;
        }

        var texts = _series.Select(line => surface.Shaper.ShapeToFit(line.Name, size, plot.Width / 3)).ToList();
        var falls = _series.Where(line => !line.IsBars).All(line => line.Y[^1] < line.Y[0]);
        var (left, line) = (plot.Right - texts.Max(text => text.Width) - size, size * 1.5f);
        var top = falls ? plot.Top + size : plot.Bottom - (line * texts.Count) - (size * .2f);
        surface.Rectangle(
            new Box(left - (size * 2.2f), top - line, plot.Right - left + (size * 2), line * (texts.Count + .6f)), theme.Paper, .85f);
        for (var i = 0; i < texts.Count; i++)
        {
            var y = top + (i * line);
            surface.Rectangle(Box.Around(left - (size * 1.2f), y, size * 1.3f, _series[i].IsBars ? size * .8f : size * .2f), Palette.Of(i));
            surface.Text(texts[i], left, y, Anchor.Left, theme.Ink);
        }
    }

    private (double Least, double Most) RangeX()
    {
        var bars = _series.Any(line => line.IsBars) ? .6 : 0;
        var (least, most) = (_series.Min(line => line.X.Min()) - bars, _series.Max(line => line.X.Max()) + bars);
        return Apart(LeastX ?? least, MostX ?? most);
    }

    private static (double Least, double Most) Range(IEnumerable<double> values, double? least, double? most)
    {
        var all = values.ToList();
        var (low, high) = Apart(least ?? all.Min(), most ?? all.Max());
        var room = (high - low) * Margin;
        return (least ?? low - room, most ?? high + room);
    }

    private static (double Least, double Most) Apart(double least, double most) => most > least ? (least, most) : (least - .5, least + .5);
}
