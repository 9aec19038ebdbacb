using Microsoft.Data.Sqlite;

namespace Simile.Storage;

internal sealed partial class Store
{
    /// <summary>Stamps the store with a model, or verifies its stamp.</summary>
    public void UseModel(StoreModel model)
    {
        var kept = Model;
        if (kept is not null && !kept.IsSameAs(model))
        {
            throw StoreFailures.WrongModel(Place, kept, model);
        }

        if (kept is null)
        {
            _memory.Wait();
            try
            {
                using var transaction = Writer.BeginTransaction();
                Meta.SetModel(Writer, model);
                Meta.Seal(Writer);
                transaction.Commit();
            }
            finally
            {
                _memory.Release();
            }
        }
    }

    /// <summary>Starts a batch of changes that become visible together. In memory, other reads wait until it is disposed.</summary>
    public StoreBatch BeginBatch()
    {
        _memory.Wait();
        try
        {
            return new StoreBatch(Writer, Place, _memory);
        }
        catch
        {
            _memory.Release();
            throw;
        }
    }

    /// <summary>The stored files at or below a path.</summary>
    public List<FileRow> FilesBelow(string path) => Read(connection => FilesBelow(connection, path));

    private SqliteConnection Writer => _writer ?? throw new InvalidOperationException($"The store {Place} is open for reading only.");

    private static List<FileRow> FilesBelow(SqliteConnection connection, string path)
    {
        // A trailing separator becomes the next character: the first path after all those below.
        var below = Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar;
        var behind = below[..^1] + (char)(below[^1] + 1);
        using var command = connection.Prepare(
            "SELECT path, media_type, size, modified, hash, recipe, id FROM files WHERE path = $0 OR (path > $1 AND path < $2)",
            path,
            below,
            behind);
        using var reader = command.ExecuteReader();
        var files = new List<FileRow>();
        while (reader.Read())
        {
            files.Add(new FileRow(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetFieldValue<byte[]>(4),
                reader.GetString(5))
            {
                Id = reader.GetInt64(6),
            });
        }

        return files;
    }
}
