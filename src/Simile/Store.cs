using Microsoft.Data.Sqlite;
using Simile.Storage;

namespace Simile;

/// <summary>A folder that keeps the vectors of passages, pictures and sounds of files, and finds the closest ones.</summary>
/// <remarks>
/// One writer and many readers, in one or many processes; a store is not safe for concurrent use, each thread opens its own.
/// What it throws is a sentence for people: <see cref="InvalidDataException"/> for a damaged, foreign or newer store and for the wrong
/// model, <see cref="IOException"/> for a second writer or a full disk, <see cref="UnauthorizedAccessException"/> where the folder cannot be written.
/// </remarks>
public sealed partial class Store : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly FileStream? _lock;
    private VectorCache? _vectors;

    private Store(SqliteConnection connection, string? folder, FileStream? @lock, StoreAccess access)
    {
        _connection = connection;
        _lock = @lock;
        Folder = folder;
        Access = access;
    }

    /// <summary>The folder as a full path; null for a temporary store.</summary>
    public string? Folder { get; }

    /// <summary>What the store was opened for.</summary>
    public StoreAccess Access { get; }

    /// <summary>The model whose vectors are kept; null until something was indexed.</summary>
    public StoreModel? Model => Guard(() => Meta.GetModel(_connection, Place));

    /// <summary>Grows with every committed change.</summary>
    public long Sequence => Guard(() => Meta.GetNumber(_connection, Meta.Sequence, Place));

    /// <summary>Number of files kept.</summary>
    public int FileCount => Guard(() => (int)_connection.Number("SELECT count(*) FROM files"));

    /// <summary>Number of items of a kind, each with a vector.</summary>
    public int Count(ItemKind kind) => Guard(() => kind == ItemKind.Passage
        ? (int)(_connection.Number("SELECT count(*) FROM items") - _connection.Number("SELECT count(*) FROM items WHERE kind <> 'passage'"))
        : (int)_connection.Number("SELECT count(*) FROM items WHERE kind <> 'passage' AND kind = $0", ItemKinds.Word(kind)));

    /// <summary>How sentences name the store.</summary>
    internal string Place => Folder ?? "in memory";

    /// <summary>Opens a store; for writing an empty or missing folder becomes one.</summary>
    /// <exception cref="DirectoryNotFoundException">For reading: there is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder holds other things, or its store.db is damaged, foreign or of a newer version.</exception>
    /// <exception cref="IOException">Another program writes to the store, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written, or not be read.</exception>
    public static Store Open(string folder, StoreAccess access = StoreAccess.ReadWrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var place = Path.GetFullPath(folder);
        if (File.Exists(place))
        {
            throw new InvalidDataException($"{place} is a file: a store is a folder, name another.");
        }

        if (access == StoreAccess.ReadOnly)
        {
            return new Store(StoreDatabase.OpenToRead(place), place, null, access);
        }

        StoreFolder.Prepare(place);
        var @lock = WriterLock.Take(place);
        try
        {
            return new Store(StoreDatabase.OpenToWrite(place), place, @lock, access);
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>A store in memory, gone when disposed.</summary>
    public static Store OpenTemporary() => new(StoreDatabase.OpenInMemory(), null, null, StoreAccess.ReadWrite);

    /// <summary>Closes the store; what was committed stays.</summary>
    public void Dispose()
    {
        _vectors?.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Says in our words what SQLite says in its own.</summary>
    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, Place);
        }
    }
}
