using System.Globalization;
using System.Text;
using System.Text.Json;
using Simile.Numerics;
using Simile.Numerics.Files;
using Simile.Plotting.Maps;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <summary>
/// Files for TensorFlow's Embedding Projector: vectors.tsv, metadata.tsv, sprite.png if there are thumbnails, and projector_config.json.
/// </summary>
public static class EmbeddingProjector
{
    /// <summary>Writes the files.</summary>
    /// <param name="folder">Created if it does not exist.</param>
    /// <param name="vectors">The original vectors, not their positions on the map; one vector per row.</param>
    /// <param name="map">Titles, groups and thumbnails of the same points.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ArgumentException">The number of vectors differs from the number of points.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Save(string folder, VectorMatrix vectors, ScatterMap map, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(map);
        if (vectors.Count != map.Count)
        {
            throw new ArgumentException($"The number of vectors is {vectors.Count:N0}, but must be {map.Count:N0}, the number of points.");
        }

        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, "vectors.tsv"), stream => WriteVectors(vectors, stream));
        cancellationToken.ThrowIfCancellationRequested();
        WholeFile.Write(Path.Combine(folder, "metadata.tsv"), stream => WriteMetadata(map, stream));
        int? sprite = map.Thumbnail is null ? null : Sprite.Write(Path.Combine(folder, "sprite.png"), map, cancellationToken);
        WholeFile.Write(Path.Combine(folder, "projector_config.json"), stream => WriteConfig(vectors, sprite, stream));
    }

    private static void WriteVectors(VectorMatrix vectors, Stream stream)
    {
        using var writer = Writer(stream);
        for (var i = 0; i < vectors.Count; i++)
        {
            for (var j = 0; j < vectors.Dimensions; j++)
            {
                writer.Write(j == 0 ? string.Empty : "\t");
                writer.Write(vectors[i][j].ToString(CultureInfo.InvariantCulture));
            }

            writer.Write('\n');
        }
    }

    // The projector expects no header if there is a single column, so always write two.
    private static void WriteMetadata(ScatterMap map, Stream stream)
    {
        using var writer = Writer(stream);
        writer.Write("title\tgroup\n");
        for (var i = 0; i < map.Count; i++)
        {
            var title = map.Titles?[i] ?? i.ToString(CultureInfo.InvariantCulture);
            writer.Write($"{Printable.Of(title)}\t{(map.Groups is { } groups ? Printable.Of(map.NameOf(groups[i])) : string.Empty)}\n");
        }
    }

    private static void WriteConfig(VectorMatrix vectors, int? sprite, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartArray("embeddings");
        json.WriteStartObject();
        json.WriteString("tensorName", "simile");
        json.WriteStartArray("tensorShape");
        json.WriteNumberValue(vectors.Count);
        json.WriteNumberValue(vectors.Dimensions);
        json.WriteEndArray();
        json.WriteString("tensorPath", "vectors.tsv");
        json.WriteString("metadataPath", "metadata.tsv");
        if (sprite is { } side)
        {
            json.WriteStartObject("sprite");
            json.WriteString("imagePath", "sprite.png");
            json.WriteStartArray("singleImageDim");
            json.WriteNumberValue(side);
            json.WriteNumberValue(side);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
}
