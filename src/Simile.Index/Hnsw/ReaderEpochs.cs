namespace Simile.Index.Hnsw;

/// <summary>Lets a writer wait until no reader can still see what it took away. Readers never wait.</summary>
internal sealed class ReaderEpochs
{
    // The two counters are a cache line and more apart.
    private const int Stride = 32;
    private readonly int[] _readers = new int[3 * Stride];
    private int _epoch;

    /// <summary>Begins reading; what is returned belongs to <see cref="Exit"/>.</summary>
    public int Enter()
    {
        while (true)
        {
            var side = Volatile.Read(ref _epoch) & 1;
            Interlocked.Increment(ref Counter(side));
            if ((Volatile.Read(ref _epoch) & 1) == side)
            {
                return side;
            }

            Interlocked.Decrement(ref Counter(side));
        }
    }

    /// <summary>Ends reading.</summary>
    public void Exit(int side) => Interlocked.Decrement(ref Counter(side));

    /// <summary>Returns when all who began before have ended. For one writer at a time.</summary>
    public void WaitForReaders()
    {
        var side = Interlocked.Increment(ref _epoch) - 1 & 1;
        var spin = default(SpinWait);
        while (Volatile.Read(ref Counter(side)) != 0)
        {
            spin.SpinOnce();
        }
    }

    private ref int Counter(int side) => ref _readers[(side + 1) * Stride];
}
