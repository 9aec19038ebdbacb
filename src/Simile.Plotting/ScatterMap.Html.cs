using Simile.Numerics.Files;
using Simile.Plotting.Html;

namespace Simile.Plotting;

/// <content>HTML.</content>
public sealed partial class ScatterMap
{
    /// <summary>
    /// Writes the map as one page of HTML that needs no network: pan, zoom, search, hover, groups that can be hidden, and a lasso that
    /// exports its points as a list and a CSV file. The file is written atomically.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The number of groups, values or titles differs from the number of points, or an option is out of range.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <remarks>
    /// Titles and names are data in the page, never markup. The page's security policy forbids it to load anything. The browser chooses the
    /// fonts.
    /// </remarks>
    public void SaveHtml(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Validate();
        WholeFile.Write(path, stream => MapPage.Write(this, stream, cancellationToken));
    }
}
