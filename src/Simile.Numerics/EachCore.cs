using System.Runtime.ExceptionServices;

namespace Simile.Numerics;

/// <summary>Runs work on all cores.</summary>
internal static class EachCore
{
    /// <summary>
    /// Calls <paramref name="work"/> for 0 to <paramref name="count"/> − 1. The first exception is rethrown as it is, not wrapped.
    /// </summary>
    public static void Run(int count, Action<int> work, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
