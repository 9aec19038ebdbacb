using Simile.Index.Format;

namespace Simile.Index.Memory;

/// <summary>Many readers or one writer at a time, until it is closed.</summary>
/// <param name="disposed">What those who come after <see cref="Close"/> are told.</param>
#pragma warning disable CA1001 // The lock is not disposed: its handles are finalized, and a thread that still waits must be told that it came too late.
internal sealed class SharedLock(string disposed)
#pragma warning restore CA1001
{
    private readonly ReaderWriterLockSlim _lock = new();
    private bool _closed;

    /// <summary>A mapped file that is read: whoever enters sees first that it is still what was opened. Null where nothing of it is read any more.</summary>
    public IndexFile? Watched { get; set; }

    /// <summary>Begins reading, until what this returns is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
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

    /// <summary>Begins writing, until what this returns is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
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

    /// <summary>Lets nobody in from now on, waits until all are out, and then frees; does nothing the second time.</summary>
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

    /// <summary>One reader's time.</summary>
    public readonly ref struct Reading(ReaderWriterLockSlim held)
    {
        public void Dispose() => held.ExitReadLock();
    }

    /// <summary>One writer's time.</summary>
    public readonly ref struct Writing(ReaderWriterLockSlim held)
    {
        public void Dispose() => held.ExitWriteLock();
    }
}
