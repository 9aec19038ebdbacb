namespace Simile.Numerics.Memory;

/// <summary>
/// Counts the readers of memory outside the garbage collector (a mapped file, native arrays, an ONNX Runtime session), so that it is freed
/// only when no reader is left. Readers never wait.
/// </summary>
/// <param name="disposed">The object name in the <c>ObjectDisposedException</c> that readers get after <see cref="Close"/>.</param>
internal sealed class ReaderGate(string disposed)
{
    // The two counters are more than a cache line apart.
    private const int Stride = 32;
    private readonly int[] _readers = new int[3 * Stride];
    private int _epoch;
    private int _closed;

    /// <summary>Begins a read. Dispose the result to end it.</summary>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public Stay Enter()
    {
        while (true)
        {
            var side = Volatile.Read(ref _epoch) & 1;
            Interlocked.Increment(ref Counter(side));
            if (Volatile.Read(ref _closed) == 0 && (Volatile.Read(ref _epoch) & 1) == side)
            {
                return new Stay(this, side);
            }

            Interlocked.Decrement(ref Counter(side));
            ThrowIfClosed();
        }
    }

    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            throw new ObjectDisposedException(objectName: null, disposed);
        }
    }

    /// <summary>Waits until all reads that began before have ended. For one caller at a time, who must not be a reader.</summary>
    public void WaitForReaders() => WaitFor(Interlocked.Increment(ref _epoch) - 1 & 1);

    /// <summary>Refuses new readers and waits until the others have ended. False if the gate was already closed.</summary>
    public bool Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return false;
        }

        WaitFor(0);
        WaitFor(1);
        return true;
    }

    private void WaitFor(int side)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref Counter(side)) != 0)
        {
            spin.SpinOnce();
        }
    }

    private ref int Counter(int side) => ref _readers[(side + 1) * Stride];

    /// <summary>One read in progress.</summary>
    public readonly ref struct Stay(ReaderGate gate, int side)
    {
        public void Dispose() => Interlocked.Decrement(ref gate.Counter(side));
    }
}
