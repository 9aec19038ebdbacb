using System.Globalization;
using Simile.Numerics;
using Simile.Plotting;
using Simile.Tables;

namespace Simile.Analyses;

/// <summary>Writes a <see cref="VectorMap"/> as a picture, a page or a table, as the ending says.</summary>
public static class MapFile
{
    private static readonly string[] Pictures = [".png", ".svg", ".html"];
    private static readonly string[] Tables = [".csv", ".tsv", ".parquet", ".jsonl"];

    /// <summary>The endings that are written: pictures, then tables of places with ids, groups and texts.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. Pictures, .. Tables];

    /// <summary>Writes a map. The file appears whole or not at all.</summary>
    /// <param name="path">A file whose ending is one of <see cref="Endings"/>.</param>
    /// <param name="vectors">What the points are of.</param>
    /// <param name="map">Where they are.</param>
    /// <param name="options">Size, paper, heading.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>Warnings about missing fonts, one sentence each.</returns>
    /// <exception cref="ArgumentException">The ending is none of those.</exception>
    public static IReadOnlyList<string> Save(
        string path,
        AnalyzedVectors vectors,
        VectorMap map,
        ScatterMapOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(map);
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (Tables.Contains(ending))
        {
            VectorFile.Write(path, Table(vectors, map));
            return [];
        }

        var picture = Picture(vectors, map, options);
        switch (ending)
        {
            case ".png":
                return picture.SavePng(path, cancellationToken);
            case ".svg":
                return picture.SaveSvg(path, cancellationToken);
            case ".html":
                picture.SaveHtml(path, cancellationToken);
                return [];
            default:
                throw new ArgumentException($"A map is written to a file whose name ends in {string.Join(", ", Endings)}, not '{path}'.");
        }
    }

    /// <summary>The map as it is drawn.</summary>
    /// <param name="vectors">What the points are of.</param>
    /// <param name="map">Where they are.</param>
    /// <param name="options">Size, paper, heading; null for the defaults.</param>
    public static ScatterMap Picture(AnalyzedVectors vectors, VectorMap map, ScatterMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(map);
        options ??= new ScatterMapOptions();
        var thumbnails = new ItemThumbnails(vectors.Items, options.ThumbnailSize * 2);
        return new ScatterMap(map.Positions)
        {
            Groups = map.Groups?.Of,
            GroupNames = map.Groups?.Names,
            Titles = [.. vectors.Items.Select(Title)],
            Thumbnail = vectors.Items.Any(item => item.Kind == MediaKind.Image) ? thumbnails.Get : null,
            Options = options,
        };
    }

    /// <summary>What an item is called: its path, the beginning of its text, or its row.</summary>
    private static string Title(AnalyzedItem item)
    {
        const int Longest = 200;
        var text = item.Text is { } words && item.Path is null ? words : item.Path;
        return text is null ? string.Create(CultureInfo.InvariantCulture, $"row {item.Row}")
            : text.Length <= Longest ? text
            : text[..Longest] + "…";
    }

    private static VectorSet Table(AnalyzedVectors vectors, VectorMap map)
    {
        var places = new VectorMatrix(map.Positions.Count, 2);
        for (var i = 0; i < places.Count; i++)
        {
            map.Positions[i][..2].CopyTo(places[i]);
        }

        return new VectorSet(places)
        {
            Ids = [.. vectors.Items.Select(item => item.Path ?? item.Row.ToString(CultureInfo.InvariantCulture))],
            Labels = map.Groups is { } groups ? [.. groups.Of.Select(group => group < 0 ? string.Empty : groups.Names[group])] : null,
        };
    }
}
