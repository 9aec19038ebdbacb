using Microsoft.Data.Sqlite;
using Simile.Documents;
using Simile.Keywords;

namespace Simile.Storage;

/// <summary>Changes of whole files that become visible together. Without <see cref="Commit"/> they are discarded.</summary>
internal sealed class StoreBatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _addItem;
    private readonly SqliteCommand _addVector;
    private readonly SqliteCommand _addKeywords;
    private readonly long _sequence;
    private readonly SemaphoreSlim _exclusive;
    private bool _changed;
    private bool _removed;

    /// <summary>Starts a transaction.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="place">The store's name in messages.</param>
    /// <param name="exclusive">Held by the caller. Released when the batch is disposed.</param>
    public StoreBatch(SqliteConnection connection, string place, SemaphoreSlim exclusive)
    {
        (_connection, _exclusive) = (connection, exclusive);
        _transaction = connection.BeginTransaction();
        _sequence = Meta.GetNumber(connection, Meta.Sequence, place) + 1;
        _addItem = connection.Prepare(
            "INSERT INTO items (file, position, kind, line, start, stop, text) VALUES ($0, $1, $2, $3, $4, $5, $6) RETURNING id",
            0L, 0L, string.Empty, 0L, 0L, 0L, string.Empty);
        _addVector = connection.Prepare("INSERT INTO vectors (item, vector) VALUES ($0, $1)", 0L, Array.Empty<byte>());
        _addKeywords = connection.Prepare(
            "INSERT INTO keywords (rowid, text, heading, path) SELECT $0, $1, $2, simile_terms_of_name(path) FROM files WHERE id = $3",
            0L,
            string.Empty,
            string.Empty,
            0L);
    }

    /// <summary>Writes the row of a file without items. Items of its earlier content are removed.</summary>
    public FileRow Replace(FileRow file)
    {
        RemoveItems(file.Id);
        var id = _connection.Number(
            """
            INSERT INTO files (path, media_type, size, modified, hash, recipe, sequence) VALUES ($0, $1, $2, $3, $4, $5, $6)
            ON CONFLICT (path) DO UPDATE SET media_type = excluded.media_type, size = excluded.size, modified = excluded.modified,
                hash = excluded.hash, recipe = excluded.recipe, sequence = excluded.sequence
            RETURNING id
            """,
            file.Path, file.MediaType, file.Size, file.Modified, file.Hash, file.Recipe, _sequence);
        _changed = true;
        return file with { Id = id };
    }

    /// <summary>Stores the starts of a document's parts.</summary>
    public void SetParts(FileRow file, IReadOnlyList<PartMark> parts) => PartMarks.Set(_connection, file.Id, parts);

    /// <summary>Records size and time of a file with unchanged content. Searches see no change.</summary>
    public void Touch(FileRow file) =>
        _connection.Run("UPDATE files SET size = $1, modified = $2 WHERE id = $0", file.Id, file.Size, file.Modified);

    public void Add(long file, int position, ItemRow item, ReadOnlySpan<float> vector)
    {
        object[] values = [file, position, ItemKinds.Word(item.Kind), item.Line, item.Start, item.Stop, item.Text];
        for (var i = 0; i < values.Length; i++)
        {
            _addItem.Parameters[i].Value = values[i];
        }

        _addVector.Parameters[0].Value = _addItem.ExecuteScalar();
        _addVector.Parameters[1].Value = LittleEndian.Write(vector);
        _addVector.ExecuteNonQuery();
        AddKeywords((long)_addVector.Parameters[0].Value!, file, item);
    }

    private void AddKeywords(long id, long file, ItemRow item)
    {
        if (item.Heading.Length > 0)
        {
            _connection.Run("INSERT INTO headings (item, heading, content) VALUES ($0, $1, simile_check($0, $1))", id, item.Heading);
        }

        object[] values = [id, KeywordTokenizer.Join(item.Text), KeywordTokenizer.Join(item.Heading), file];
        for (var i = 0; i < values.Length; i++)
        {
            _addKeywords.Parameters[i].Value = values[i];
        }

        _addKeywords.ExecuteNonQuery();
    }

    /// <summary>
    /// The position after the last item that an earlier run committed of a partially stored file; 0 if there is no part of this content.
    /// Positions have gaps: passages without a vector are left out.
    /// </summary>
    public int PartOf(FileRow file)
    {
        var part = file.AsPart();
        return file.Id != 0
            && _connection.Value("SELECT 1 FROM files WHERE id = $0 AND hash = $1 AND recipe = $2", file.Id, part.Hash, part.Recipe)
                is not null
            ? (int)_connection.Number("SELECT coalesce(max(position) + 1, 0) FROM items WHERE file = $0", file.Id)
            : 0;
    }

    /// <summary>Marks the batch as changed, because items were added to a file that is stored in part.</summary>
    public void Continue() => _changed = true;

    /// <summary>Marks a file as complete: all its items are stored.</summary>
    public void Complete(FileRow file) =>
        _connection.Run(
            "UPDATE files SET size = $1, modified = $2, recipe = $3 WHERE id = $0", file.Id, file.Size, file.Modified, file.Recipe);

    /// <summary>Whether another file has the same content.</summary>
    public bool HasContent(FileRow file) => Donor(file) is not null;

    /// <summary>Copies the items of another file with the same content. False if there is none.</summary>
    public bool CopyItems(FileRow file)
    {
        if (Donor(file) is not { } donor)
        {
            return false;
        }

        _connection.Run(
            """
            INSERT INTO items (file, position, kind, line, start, stop, text)
            SELECT $0, position, kind, line, start, stop, text FROM items WHERE file = $1 ORDER BY position
            """,
            file.Id, donor);
        _connection.Run(
            """
            INSERT INTO vectors (item, vector)
            SELECT copy.id, vector FROM items AS copy
            JOIN items AS original ON original.file = $1 AND original.position = copy.position
            JOIN vectors ON vectors.item = original.id
            WHERE copy.file = $0
            """,
            file.Id, donor);
        _connection.Run(
            """
            INSERT INTO headings (item, heading, content)
            SELECT copy.id, heading, simile_check(copy.id, heading) FROM items AS copy
            JOIN items AS original ON original.file = $1 AND original.position = copy.position
            JOIN headings ON headings.item = original.id
            WHERE copy.file = $0
            """,
            file.Id, donor);
        _connection.Run(
            """
            INSERT INTO keywords (rowid, text, heading, path)
            SELECT items.id, simile_terms(text), simile_terms(coalesce(heading, '')), simile_terms_of_name(path)
            FROM items JOIN files ON files.id = items.file LEFT JOIN headings ON headings.item = items.id WHERE file = $0 ORDER BY items.id
            """,
            file.Id);
        return true;
    }

    public void Remove(long file)
    {
        RemoveItems(file);
        _connection.Run("DELETE FROM files WHERE id = $0", file);
        _changed = true;
    }

    public void Commit()
    {
        if (_changed)
        {
            Meta.Set(_connection, Meta.Sequence, $"{_sequence}");
        }

        if (_removed)
        {
            Meta.Set(_connection, Meta.Removal, $"{_sequence}");
        }

        Meta.Seal(_connection);
        _transaction.Commit();
    }

    public void Dispose()
    {
        _addItem.Dispose();
        _addVector.Dispose();
        _addKeywords.Dispose();
        _transaction.Dispose();
        _exclusive.Release();
    }

    private long? Donor(FileRow file) =>
        _connection.Value("SELECT id FROM files WHERE hash = $0 AND recipe = $1 AND id <> $2 LIMIT 1", file.Hash, file.Recipe, file.Id)
        as long?;

    private void RemoveItems(long file) => _removed |= file != 0 && _connection.Run("DELETE FROM items WHERE file = $0", file) > 0;
}
