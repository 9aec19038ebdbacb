using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Connections for reading a store, one per concurrent search.</summary>
/// <remarks>Thread-safe. Connections that are in use when the pool is disposed close when they are returned.</remarks>
internal sealed class ConnectionPool(Func<SqliteConnection> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    public SqliteConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(Corpus));
        return _idle.TryTake(out var connection) ? connection : open();
    }

    public void Return(SqliteConnection connection)
    {
        _idle.Add(connection);
        if (_disposed)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
