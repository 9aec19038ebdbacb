using Microsoft.Data.Sqlite;
using Simile.Embedding;

namespace Simile.Storage;

/// <content>The items of files.</content>
internal sealed partial class Store
{
    /// <summary>The items of a file in order.</summary>
    public IReadOnlyList<CorpusItem> ItemsOf(string path) => Read(connection =>
    {
        using var command = connection.Prepare(
            $"SELECT kind, line, start, stop, text, {PartMarks.Column(connection)}, {Whole(connection)} FROM items JOIN files ON files.id "
            + "= items.file WHERE path = $0 ORDER BY position",
            path);
        using var reader = command.ExecuteReader();
        var items = new List<CorpusItem>();
        while (reader.Read())
        {
            ThrowUnlessWhole(reader, 6);
            items.Add(Item(path, ItemKinds.Parse(reader.GetString(0), Place), reader));
        }

        return items;
    });

    /// <summary>The paths of all files, sorted by their UTF-8 bytes.</summary>
    public IReadOnlyList<string> GetPaths() => Read(connection =>
    {
        using var command = connection.Prepare("SELECT path FROM files ORDER BY path");
        using var reader = command.ExecuteReader();
        var paths = new List<string>();
        while (reader.Read())
        {
            paths.Add(reader.GetString(0));
        }

        return paths;
    });

    /// <summary>The kind of a file and the single vector of its items; null if it is not stored or has none.</summary>
    public (MediaKind Kind, ReadOnlyMemory<float> Vector)? VectorOf(string path) => Read<(MediaKind, ReadOnlyMemory<float>)?>(connection =>
    {
        using var command = connection.Prepare(
            $"SELECT kind, vector, {Whole(connection)} AND {WholeVector(connection)} FROM items JOIN files ON files.id = items.file JOIN "
            + "vectors ON item = items.id WHERE path = $0 ORDER BY position",
            path);
        using var reader = command.ExecuteReader();
        var (kind, vectors) = (MediaKind.Text, new List<ReadOnlyMemory<float>>());
        while (reader.Read())
        {
            ThrowUnlessWhole(reader, 2);
            var bytes = reader.GetFieldValue<byte[]>(1);
            var vector = new float[bytes.Length / sizeof(float)];
            LittleEndian.Read(bytes, vector);
            kind = ItemKinds.Parse(reader.GetString(0), Place);
            vectors.Add(vector);
        }

        return vectors.Count == 0 ? null : (kind, FileEmbedder.Pool(vectors));
    });

    private static string WholeVector(SqliteConnection connection) => !Meta.HasChecks(connection) ? "1" :
        $"coalesce((SELECT vector FROM item_checks WHERE item = items.id) = {Schema.VectorCheck}, 0)";

    /// <summary>Removes files at or below paths and returns their number.</summary>
    public int RemoveBelow(IReadOnlyList<string> paths)
    {
        try
        {
            var files = paths.SelectMany(FilesBelow).DistinctBy(file => file.Id).ToList();
            using var batch = BeginBatch();
            foreach (var file in files)
            {
                batch.Remove(file.Id);
            }

            batch.Commit();
            return files.Count;
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, Place);
        }
    }

    // Columns from the second on: line, start, stop, text, and the parts of the file.
    private CorpusItem Item(string path, MediaKind kind, SqliteDataReader reader)
    {
        var (line, start, stop) = (reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3));
        return kind switch
        {
            MediaKind.Image => new ImageItem(path),
            MediaKind.Sound => new SoundItem(path, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(stop)),
            _ =>
                new PassageItem(path, line, start, stop, reader.GetString(4))
                {
                    Place = PartMarks.Find(reader.IsDBNull(5) ? null : reader.GetString(5), start, Place),
                },
        };
    }
}
