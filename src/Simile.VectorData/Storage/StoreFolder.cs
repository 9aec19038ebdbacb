using System.Collections.Concurrent;
using Simile.VectorData.Vectors;

namespace Simile.VectorData.Storage;

/// <summary>A store's folder, shared by all of a process that opened it: connections, the writer's lock, vectors in memory.</summary>
/// <remarks>
/// Thread-safe: any number of readers beside one writer. Reference-counted: the last <see cref="Dispose"/> closes it.
/// </remarks>
internal sealed class StoreFolder : IDisposable
{
    private static readonly Dictionary<string, StoreFolder> Opened = new(StringComparer.Ordinal);

    private readonly ConcurrentBag<StoreConnection> _readers = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<(long Collection, string Vector), VectorSet> _vectors = [];
    private WriterLock? _lock;
    private StoreConnection? _writer;
    private int _users;
    private volatile bool _closed;

    private StoreFolder(string path) => Path = path;

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Cached: the row numbers that the most recent filters allow.</summary>
    public RowFilters Filters { get; } = new();

    /// <summary>Whether nobody uses it any more.</summary>
    public bool IsClosed => _closed;

    /// <summary>Where snapshots of indexes are.</summary>
    public string Indexes => System.IO.Path.Combine(Path, "indexes");

    /// <summary>The folder of a path. Dispose it when it is no longer used.</summary>
    public static StoreFolder Open(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        lock (Opened)
        {
            if (!Opened.TryGetValue(full, out var folder))
            {
                Opened[full] = folder = new StoreFolder(full);
            }

            folder._users++;
            return folder;
        }
    }

    /// <summary>Runs a query in one snapshot of the database. The default value if the folder has no database yet.</summary>
    public T? Read<T>(Func<StoreConnection, T?> query)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SimileVectorStore));
        if (!Database.Exists(Path))
        {
            return default;
        }

        var connection = _readers.TryTake(out var idle) ? idle : Database.OpenToRead(Path);
        try
        {
            connection.Run("BEGIN");
            return query(connection);
        }
        finally
        {
            connection.RollBack();
            _readers.Add(connection);
            if (_closed)
            {
                CloseReaders();
            }
        }
    }

    /// <summary>Runs a change in a transaction. Changes of a process take turns; another process that writes is named.</summary>
    public async Task<T> WriteAsync<T>(Durability durability, Func<StoreConnection, T> change, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SimileVectorStore));
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SimileVectorStore));
            return await Task.Run(
                () =>
                {
                    var writer = Writer();
                    writer.Run(durability == Durability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
                    return writer.InTransaction(() => change(writer));
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs maintenance on the writer's connection outside of a transaction.</summary>
    public async Task MaintainAsync(Action<StoreConnection> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(() => work(Writer()), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The vectors of a property in memory, one copy for the process.</summary>
    public VectorSet Vectors(CollectionRow collection, Model.VectorColumn column) =>
        _vectors.GetOrAdd((collection.Id, column.Name), _ => new VectorSet(this, collection, column));

    /// <summary>Forgets the vectors of a deleted collection.</summary>
    public void Forget(long collection)
    {
        foreach (var key in _vectors.Keys.Where(key => key.Collection == collection))
        {
            if (_vectors.TryRemove(key, out var vectors))
            {
                vectors.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (Opened)
        {
            if (--_users > 0)
            {
                return;
            }

            Opened.Remove(Path);
        }

        _writing.Wait();
        _closed = true;
        foreach (var vectors in _vectors.Values)
        {
            vectors.Dispose();
        }

        CloseReaders();
        _writer?.Dispose();
        _lock?.Dispose();
        _writing.Release();
    }

    private StoreConnection Writer()
    {
        if (_writer is not null)
        {
            return _writer;
        }

        Create(Path);
        _lock ??= WriterLock.Take(Path);
        return _writer = Database.OpenToWrite(Path);
    }

    /// <summary>Creates a folder for its owner alone, because vectors and texts may be private. An existing one stays as it is.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void CloseReaders()
    {
        while (_readers.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
