using Simile.Numerics.Files;
using Simile.Plotting.Drawing;
using Simile.Plotting.Maps;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <content>PNG and SVG.</content>
public sealed partial class ScatterMap
{
    /// <summary>Writes the map as PNG. The file appears whole or not at all.</summary>
    /// <returns>Sentences for people about characters that no font has; mostly empty.</returns>
    /// <exception cref="ArgumentException">Groups, values or titles are not as many as points, or an option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>
    /// Fonts are looked for in the folder that SIMILE_FONTS names, in those of the user and of the system. A character that none has is drawn as a box with
    /// its code point.
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

    /// <summary>Writes the map as SVG. Text stays text, with a list of font families; more than 50,000 points become one picture below it.</summary>
    /// <inheritdoc cref="SavePng"/>
    public IReadOnlyList<string> SaveSvg(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        var surface = new SvgSurface(Options.Width, Options.Height, Theme.Of(Options.Theme).Paper, Options.Title ?? $"Map of {Count} points", new TextShaper(Fonts));
        new MapPainter(this, surface, cancellationToken).Paint();
        WholeFile.Write(path, surface.Save);
        return [];
    }
}
