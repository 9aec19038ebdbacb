using Simile.Numerics.Files;
using Simile.Plotting.Drawing;
using Simile.Plotting.Maps;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <content>PNG and SVG.</content>
public sealed partial class ScatterMap
{
    /// <summary>Writes the map as PNG. The file is written atomically.</summary>
    /// <returns>Warnings about characters that no font has; usually empty.</returns>
    /// <exception cref="ArgumentException">
    /// The number of groups, values or titles differs from the number of points, or an option is out of range.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>
    /// Fonts are searched in the folder that SIMILE_FONTS names, then in those of the user and the system. A character without a font is
    /// drawn as a box with its code point.
    /// </remarks>
    public IReadOnlyList<string> SavePng(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        var shaper = new TextShaper(Fonts);
        using var surface = new RasterSurface(Options.Width, Options.Height, Theme.Of(Options.Theme).Paper, shaper);
        new MapPainter(this, surface, cancellationToken).Paint();
        WholeFile.Write(path, surface.Save);
        return shaper.Warnings;
    }

    /// <summary>
    /// Writes the map as SVG. Text is written as text elements with a list of font families. More than 50,000 points are drawn as one
    /// bitmap below the text.
    /// </summary>
    /// <inheritdoc cref="SavePng"/>
    public IReadOnlyList<string> SaveSvg(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        var surface = new SvgSurface(
            Options.Width, Options.Height, Theme.Of(Options.Theme).Paper, Options.Title ?? $"Map of {Count} points", new TextShaper(Fonts));
        new MapPainter(this, surface, cancellationToken).Paint();
        WholeFile.Write(path, surface.Save);
        return [];
    }
}
