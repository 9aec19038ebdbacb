using System.Runtime.ExceptionServices;

namespace Simile.Index;

/// <summary>Work on all cores.</summary>
internal static class Parallelism
{
    /// <summary>Does <paramref name="work"/> for 0 to <paramref name="count"/> − 1. The first failure is thrown as it is, not wrapped.</summary>
    public static void For(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
