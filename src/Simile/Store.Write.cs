using Simile.Storage;

namespace Simile;

public sealed partial class Store
{
    /// <summary>Stamps the store with a model, or sees that it is the one it was stamped with.</summary>
    internal void UseModel(StoreModel model)
    {
        var kept = Model;
        if (kept is not null && kept != model)
        {
            throw StoreFailures.WrongModel(Place, kept, model);
        }

        if (kept is null)
        {
            using var transaction = _connection.BeginTransaction();
            Meta.SetModel(_connection, model);
            transaction.Commit();
        }
    }

    internal StoreBatch BeginBatch() => new(_connection, Place);

    /// <summary>The files kept at a path or below it.</summary>
    internal List<FileRow> FilesBelow(string path)
    {
        // A separator at the end becomes the character after it: the first path behind all those below.
        var below = Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar;
        var behind = below[..^1] + (char)(below[^1] + 1);
        using var command = _connection.Prepare(
            "SELECT path, media_type, size, modified, hash, recipe, id FROM files WHERE path = $0 OR (path > $1 AND path < $2)", path, below, behind);
        using var reader = command.ExecuteReader();
        var files = new List<FileRow>();
        while (reader.Read())
        {
            files.Add(new FileRow(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), reader.GetString(5))
            {
                Id = reader.GetInt64(6),
            });
        }

        return files;
    }
}
