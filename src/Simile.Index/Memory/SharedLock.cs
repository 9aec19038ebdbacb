using Simile.Index.Format;

namespace Simile.Index.Memory;

/// <summary>A readers-writer lock that can be closed.</summary>
/// <param name="disposed">The object name in the <c>ObjectDisposedException</c> after <see cref="Close"/>.</param>
#pragma warning disable CA1001 // Not disposed: handles are finalized, and a thread that still waits must be told that it came too late.
internal sealed class SharedLock(string disposed)
#pragma warning restore CA1001
{
    private readonly ReaderWriterLockSlim _lock = new();
    private bool _closed;

    /// <summary>The mapped file in use. Whoever enters checks first that it is unchanged. Null if no file is in use.</summary>
    public IndexFile? Watched { get; set; }

    /// <summary>Starts reading. Dispose the result to end it.</summary>
    /// <exception cref="ObjectDisposedException">The lock is closed.</exception>
    public Reading Read()
    {
        VectorIndex.ThrowIfChanging(_lock.IsWriteLockHeld);
        _lock.EnterReadLock();
        try
        {
            ThrowIfGone();
            return new Reading(_lock);
        }
        catch
        {
            _lock.ExitReadLock();
            throw;
        }
    }

    /// <summary>Starts writing. Dispose the result to end it.</summary>
    /// <exception cref="ObjectDisposedException">The lock is closed.</exception>
    public Writing Write()
    {
        VectorIndex.ThrowIfChanging(_lock.IsWriteLockHeld);
        _lock.EnterWriteLock();
        try
        {
            ThrowIfGone();
            return new Writing(_lock);
        }
        catch
        {
            _lock.ExitWriteLock();
            throw;
        }
    }

    /// <summary>Refuses new entries, waits until all have left, and then frees the resources. Does nothing the second time.</summary>
    public void Close(Action free)
    {
        VectorIndex.ThrowIfChanging(_lock.IsWriteLockHeld);
        _lock.EnterWriteLock();
        try
        {
            if (!_closed)
            {
                _closed = true;
                free();
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void ThrowIfGone()
    {
        if (_closed)
        {
            throw new ObjectDisposedException(objectName: null, disposed);
        }

        Watched?.ThrowIfChanged();
    }

    /// <summary>One read in progress.</summary>
    public readonly ref struct Reading(ReaderWriterLockSlim held)
    {
        public void Dispose() => held.ExitReadLock();
    }

    /// <summary>One write in progress.</summary>
    public readonly ref struct Writing(ReaderWriterLockSlim held)
    {
        public void Dispose() => held.ExitWriteLock();
    }
}
