using Simile.Numerics.Files;
using Simile.Plotting.Charts;
using Simile.Plotting.Drawing;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <summary>A chart of an analysis, drawn as PNG or SVG. Each static method creates one kind of chart.</summary>
/// <remarks>
/// Immutable; safe for concurrent use. ScottPlot is not used, because its version 5.1 needs SkiaSharp 3, and Simile decodes pictures with
/// SkiaSharp 4.
/// </remarks>
public sealed partial class Chart
{
    private readonly IPainter _painter;

    private Chart(IPainter painter) => _painter = painter;

    /// <summary>A heading; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Pixels, 200 to 16,384.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Pixels, 200 to 16,384.</summary>
    public int Height { get; init; } = 640;

    /// <summary>The background.</summary>
    public MapTheme Theme { get; init; } = MapTheme.Light;

    internal FontLibrary Fonts { get; init; } = FontLibrary.OfMachine;

    /// <summary>Writes the chart as PNG. The file is written atomically.</summary>
    /// <returns>Warnings about characters that no font has; usually empty.</returns>
    /// <exception cref="ArgumentException">The size is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IReadOnlyList<string> SavePng(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        var shaper = new TextShaper(Fonts);
        using var surface = new RasterSurface(Width, Height, Drawing.Theme.Of(Theme).Paper, shaper);
        Paint(surface);
        WholeFile.Write(path, surface.Save);
        return shaper.Warnings;
    }

    /// <summary>Writes the chart as SVG, with text as text elements. The file is written atomically.</summary>
    /// <exception cref="ArgumentException">The size is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        var surface = new SvgSurface(Width, Height, Drawing.Theme.Of(Theme).Paper, Title ?? string.Empty, new TextShaper(Fonts));
        Paint(surface);
        WholeFile.Write(path, surface.Save);
    }

    private void Validate() => new ScatterMapOptions { Width = Width, Height = Height }.Validate();

    private void Paint(Surface surface)
    {
        var (theme, text) = (Drawing.Theme.Of(Theme), Math.Clamp(Math.Min(Width, Height) / 42f, 9f, 60f));
        var box = new Box(0, 0, Width, Height).Grow(-text);
        if (Title is { Length: > 0 } title)
        {
            var line = surface.Shaper.ShapeToFit(title, text * 1.3f, box.Width, bold: true);
            surface.Text(line, box.Left, box.Top + (line.Height / 2), Anchor.Left, theme.Ink);
            box = new Box(box.Left, box.Top + (line.Height * 1.3f), box.Width, box.Height - (line.Height * 1.3f));
        }

        _painter.Paint(surface, box, theme, text);
    }
}
