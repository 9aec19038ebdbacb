namespace Simile;

/// <summary>Counts running operations, so that shared resources are disposed only after the last one.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class OperationGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _closed;

    /// <summary>Starts an operation. Dispose the lease to end it.</summary>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public Lease Enter(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Corpus));
            _running++;
            return new Lease(this, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token));
        }
    }

    /// <summary>Refuses new operations, cancels running ones and waits for their end. False if it was already closed.</summary>
    public async Task<bool> CloseAsync()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _closed = true;
            if (_running == 0)
            {
                _empty.SetResult();
            }
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _empty.Task.ConfigureAwait(false);
        return true;
    }

    public void Dispose() => _closing.Dispose();

    private void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0 && _closed)
            {
                _empty.SetResult();
            }
        }
    }

    /// <summary>A running operation.</summary>
    internal sealed class Lease(OperationGate gate, CancellationTokenSource stop) : IDisposable
    {
        /// <summary>Canceled by the caller, or when the gate closes.</summary>
        public CancellationToken Stop => stop.Token;

        public void Dispose()
        {
            stop.Dispose();
            gate.Leave();
        }
    }
}
