using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>A folder that stores the vectors of passages, pictures and sounds of files, and finds the closest ones.</summary>
/// <remarks>
/// One writer and many readers, in one or several processes. Within a process, searches run concurrently, also while the writer writes, and
/// share one copy of the vectors. A store in memory has one connection: a search waits until the current batch is written. Messages of
/// exceptions can be shown to users: <see cref="InvalidDataException"/> for a damaged, foreign or newer store and for the wrong model,
/// <see cref="IOException"/> for a second writer or a full disk, <see cref="UnauthorizedAccessException"/> if the folder cannot be written.
/// </remarks>
internal sealed partial class Store : IDisposable
{
    private readonly SqliteConnection? _writer;
    private readonly ConnectionPool? _readers;
    private readonly SemaphoreSlim _memory = new(1);
    private readonly VectorCache _vectors;
    private readonly FileStream? _lock;

    private Store(SqliteConnection? writer, string? folder, FileStream? @lock, CorpusAccess access)
    {
        (_writer, _lock, Folder, Access) = (writer, @lock, folder, access);
        _readers = folder is null ? null : new ConnectionPool(() => StoreDatabase.OpenToRead(folder));
        _vectors = new VectorCache(Place);
    }

    /// <summary>The full path of the folder; null for a temporary store.</summary>
    public string? Folder { get; }

    /// <summary>The access mode.</summary>
    public CorpusAccess Access { get; }

    /// <summary>The version of the format that the store had before it was opened; null if it was the current one.</summary>
    public int? CarriedOverFrom { get; init; }

    /// <summary>The model that made the vectors; null before anything was stored.</summary>
    public StoreModel? Model => Read(connection => Meta.GetModel(connection, Place));

    /// <summary>The change sequence: grows with every commit.</summary>
    public long Sequence => Read(connection => Meta.GetNumber(connection, Meta.Sequence, Place));

    /// <summary>Number of stored files.</summary>
    public int FileCount => Read(connection => (int)connection.Number("SELECT count(*) FROM files"));

    /// <summary>Number of items of a kind, each with a vector.</summary>
    public int Count(MediaKind kind) => Read(connection => kind == MediaKind.Text
        ? (int)(connection.Number("SELECT count(*) FROM items") - connection.Number("SELECT count(*) FROM items WHERE kind <> 'passage'"))
        : (int)connection.Number("SELECT count(*) FROM items WHERE kind <> 'passage' AND kind = $0", ItemKinds.Word(kind)));

    /// <summary>Whether there is an item of a kind.</summary>
    public bool Has(MediaKind kind) => Read(connection => 1 == connection.Number(kind == MediaKind.Text
        ? "SELECT EXISTS (SELECT 1 FROM items WHERE kind = $0)"
        : "SELECT EXISTS (SELECT 1 FROM items WHERE kind <> 'passage' AND kind = $0)", ItemKinds.Word(kind)));

    /// <summary>Number of vectors read so far.</summary>
    public long VectorsRead => _vectors.RowsRead;

    /// <summary>The store's name in messages.</summary>
    internal string Place => Folder ?? "in memory";

    /// <summary>Opens a store. For writing, an empty or missing folder becomes a store.</summary>
    /// <exception cref="DirectoryNotFoundException">For reading, the folder does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder holds other files, or its store.db is damaged, foreign or newer.</exception>
    /// <exception cref="IOException">Another program is writing to the store, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written or read.</exception>
    public static Store Open(string folder, CorpusAccess access = CorpusAccess.ReadWrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var place = Path.GetFullPath(folder);
        if (File.Exists(place))
        {
            throw new InvalidDataException($"{place} is a file, but a store is a folder: use another path.");
        }

        if (access == CorpusAccess.ReadOnly)
        {
            var store = new Store(null, place, null, access);
            store._readers!.Return(store._readers.Rent()); // so that a store that cannot be read is refused here
            return store;
        }

        StoreFolder.Prepare(place);
        var @lock = WriterLock.Take(place);
        try
        {
            int? version = null;
            return new Store(StoreDatabase.OpenToWrite(place, older => version = older), place, @lock, access)
            {
                CarriedOverFrom = version,
            };
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>A store in memory that is lost on disposal.</summary>
    public static Store OpenTemporary() => new(StoreDatabase.OpenInMemory(), null, null, CorpusAccess.ReadWrite);

    /// <summary>Closes the store. Committed data stay.</summary>
    public void Dispose()
    {
        _readers?.Dispose();
        _writer?.Dispose();
        _vectors.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Reads with a connection that nobody else uses meanwhile. Translates SQLite's errors.</summary>
    private T Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return _readers is null ? ReadMemory(work) : ReadFile(_readers, work);
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, Place);
        }
    }

    private T ReadMemory<T>(Func<SqliteConnection, T> work)
    {
        _memory.Wait();
        try
        {
            return work(_writer!);
        }
        finally
        {
            _memory.Release();
        }
    }

    private static T ReadFile<T>(ConnectionPool readers, Func<SqliteConnection, T> work)
    {
        var connection = readers.Rent();
        try
        {
            return work(connection);
        }
        finally
        {
            readers.Return(connection);
        }
    }
}
