using Simile.Numerics.Files;
using Simile.Plotting.Html;

namespace Simile.Plotting;

/// <content>HTML.</content>
public sealed partial class ScatterMap
{
    /// <summary>
    /// Writes the map as one page of HTML that needs no network: pan, zoom, search, hover, groups to hide, and a lasso whose points become a list and a CSV file.
    /// The file appears whole or not at all.
    /// </summary>
    /// <exception cref="ArgumentException">Groups, values or titles are not as many as points, or an option is out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>Titles and names are data in the page, never markup; its policy forbids the page to load anything. Text shows with the fonts of the browser.</remarks>
    public void SaveHtml(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        WholeFile.Write(path, stream => MapPage.Write(this, stream, cancellationToken));
    }
}
