namespace Simile.Plotting;

/// <summary>How a <see cref="ScatterMap"/> is drawn.</summary>
public sealed record ScatterMapOptions
{
    private const int Least = 200;
    private const int Most = 16_384;
    private const int LeastThumbnail = 8;

    /// <summary>Pixels, 200 to 16,384.</summary>
    public int Width { get; init; } = 1600;

    /// <summary>Pixels, 200 to 16,384.</summary>
    public int Height { get; init; } = 1200;

    /// <summary>A heading above the map; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The background.</summary>
    public MapTheme Theme { get; init; } = MapTheme.Light;

    /// <summary>Radius of a point in pixels; null to choose it by the number of points.</summary>
    public float? PointRadius { get; init; }

    /// <summary>Whether to draw a legend with the groups.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>Maximum number of group labels in the map, largest groups first. 0 for none.</summary>
    public int Labels { get; init; } = 60;

    /// <summary>
    /// The longer side of a thumbnail in the map, in pixels; thumbnails that would overlap are omitted, and their points are drawn instead.
    /// </summary>
    public int ThumbnailSize { get; init; } = 48;

    /// <summary>Maximum number of thumbnails in an HTML file.</summary>
    public int HtmlThumbnails { get; init; } = 20_000;

    internal void Validate()
    {
        Require(nameof(Width), Width, Least, Most);
        Require(nameof(Height), Height, Least, Most);
        Require(nameof(ThumbnailSize), ThumbnailSize, LeastThumbnail, Most);
        if (Labels < 0 || HtmlThumbnails < 0)
        {
            throw new ArgumentException("The maximum numbers of labels and thumbnails must be at least 0.");
        }

        if (PointRadius is { } radius && !(radius > 0 && radius <= Least))
        {
            throw new ArgumentException($"{nameof(PointRadius)} must be above 0 and at most {Least} pixels, not {radius}.");
        }
    }

    private static void Require(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{name} must be {least} to {most:N0} pixels, not {value}.");
        }
    }
}
