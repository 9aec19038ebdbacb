using Microsoft.Data.Sqlite;
using Simile.Analyses;
using Simile.Embedding;
using Simile.Numerics;

namespace Simile.Storage;

/// <content>The vectors of all files.</content>
internal sealed partial class Store
{
    // Enough to name a cluster by its words.
    private const int LongestText = 4000;

    /// <summary>One vector per file, in the order of the paths.</summary>
    public AnalyzedVectors FileVectors(CancellationToken stop) => Read(connection =>
    {
        using var command = connection.Prepare(
            $"SELECT path, kind, vector, text, {Whole(connection)} AND {WholeVector(connection)} FROM items JOIN files ON files.id = "
            + "items.file JOIN vectors ON item = items.id ORDER BY path, position");
        using var reader = command.ExecuteReader();
        var (items, rows, parts) = (new List<AnalyzedItem>(), new List<float[]>(), new List<ReadOnlyMemory<float>>());
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            ThrowUnlessWhole(reader, 4);
            var path = reader.GetString(0);
            if (items.Count == 0 || items[^1].Path != path)
            {
                Finish(rows, parts);
                items.Add(new AnalyzedItem { Path = path, Row = items.Count, Kind = ItemKinds.Parse(reader.GetString(1), Place) });
            }

            parts.Add(Vector(reader, 2));
            items[^1] = items[^1] with { Text = Joined(items[^1].Text, reader.GetString(3)) };
        }

        Finish(rows, parts);
        return new AnalyzedVectors(Matrix(rows), items, Metric.Cosine);
    });

    private static float[] Vector(SqliteDataReader reader, int column)
    {
        var bytes = reader.GetFieldValue<byte[]>(column);
        var vector = new float[bytes.Length / sizeof(float)];
        LittleEndian.Read(bytes, vector);
        return vector;
    }

    private static void Finish(List<float[]> rows, List<ReadOnlyMemory<float>> parts)
    {
        if (parts.Count > 0)
        {
            rows.Add(FileEmbedder.Pool(parts));
            parts.Clear();
        }
    }

    private static string? Joined(string? text, string further) =>
        further.Length == 0 || text?.Length >= LongestText ? text : text is null ? further : text + "\n" + further;

    private static VectorMatrix Matrix(List<float[]> rows)
    {
        var matrix = new VectorMatrix(rows.Count, rows.Count == 0 ? 1 : rows[0].Length);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(matrix[i]);
        }

        return matrix;
    }
}
