using System.Net;
using System.Reflection;
using System.Text;
using Simile.Plotting.Text;

namespace Simile.Plotting.Html;

/// <summary>The page of a map: its markup, style, data and script in one file.</summary>
internal static class MapPage
{
    private const string DataMark = "{{data}}";

    public static void Write(ScatterMap map, Stream stream, CancellationToken stop)
    {
        var title = WebUtility.HtmlEncode(Printable.Of(map.Options.Title ?? $"Map of {map.Count} points"));
        var page = Resource("map.html")
            .Replace("{{css}}", Resource("map.css"), StringComparison.Ordinal)
            .Replace("{{script}}", Resource("map.js"), StringComparison.Ordinal)
            .Replace("{{theme}}", map.Options.Theme == MapTheme.Dark ? "dark" : "light", StringComparison.Ordinal);
        var mark = page.IndexOf(DataMark, StringComparison.Ordinal);

        // Insert the title last, because it may contain text that looks like a placeholder.
        stream.Write(Encoding.UTF8.GetBytes(page[..mark].Replace("{{title}}", title, StringComparison.Ordinal)));
        MapData.Write(map, stream, stop);
        stream.Write(Encoding.UTF8.GetBytes(page[(mark + DataMark.Length)..]));
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
