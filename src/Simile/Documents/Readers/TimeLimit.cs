namespace Simile.Documents.Readers;

/// <summary>Gives up what takes too long: parsers of others may loop for ever on damaged files.</summary>
internal static class TimeLimit
{
    // Parsers call themselves for each level of nesting.
    private const int StackBytes = 64 << 20;

    /// <summary>Does some work on a thread of its own.</summary>
    /// <exception cref="InvalidDataException">It is not done in time. Its thread is told to stop, and left alone.</exception>
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
