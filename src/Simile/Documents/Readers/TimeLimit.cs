namespace Simile.Documents.Readers;

/// <summary>Abandons work that takes too long: third-party parsers may loop forever on damaged files.</summary>
internal static class TimeLimit
{
    // Parsers recurse for each nesting level, so they need a large stack.
    private const int StackBytes = 64 << 20;

    /// <summary>Runs work on its own thread.</summary>
    /// <exception cref="InvalidDataException">The time limit is over. The thread is asked to stop and then abandoned.</exception>
    public static T Run<T>(TimeSpan limit, Func<CancellationToken, T> work, CancellationToken stop)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var thread = new Thread(() => Work(result, work, both.Token), StackBytes) { IsBackground = true, Name = "document reader" };
        thread.Start();
        try
        {
            return result.Task.WaitAsync(limit, stop).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw new InvalidDataException($"it could not be read within {limit.TotalSeconds:N0} seconds: it may be damaged");
        }
        finally
        {
            both.Cancel();
        }
    }

    private static void Work<T>(TaskCompletionSource<T> result, Func<CancellationToken, T> work, CancellationToken stop)
    {
        try
        {
            result.SetResult(work(stop));
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }
}
