namespace Simile.Numerics.Memory;

/// <summary>
/// Counts who reads memory that is not .NET's own (a mapped file, native arrays, a network of ONNX Runtime), so that it is freed only when nobody can
/// still see it. Readers never wait.
/// </summary>
/// <param name="disposed">What those who come after <see cref="Close"/> are told.</param>
internal sealed class ReaderGate(string disposed)
{
    // The two counters are a cache line and more apart.
    private const int Stride = 32;
    private readonly int[] _readers = new int[3 * Stride];
    private int _epoch;
    private int _closed;

    /// <summary>Begins reading, until what this returns is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
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

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            throw new ObjectDisposedException(objectName: null, disposed);
        }
    }

    /// <summary>Returns when all who began before have ended. For one caller at a time, who is no reader.</summary>
    public void WaitForReaders() => WaitFor(Interlocked.Increment(ref _epoch) - 1 & 1);

    /// <summary>Lets nobody in from now on and waits until all are out; false where it was closed before.</summary>
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

    /// <summary>One stay.</summary>
    public readonly ref struct Stay(ReaderGate gate, int side)
    {
        public void Dispose() => Interlocked.Decrement(ref gate.Counter(side));
    }
}
