namespace Simile.Cli;

/// <summary>Writes items one by one while the next one is computed.</summary>
internal static class PipelinedWriter
{
    /// <summary>
    /// Passes each item to <paramref name="write"/>, in order and one at a time. When this returns or throws, no write is in progress.
    /// If both sides fail, the first failure is thrown.
    /// </summary>
    public static void Write<T>(IEnumerable<T> inputs, Action<T> write)
    {
        var writing = Task.CompletedTask;
        try
        {
            foreach (var thing in inputs)
            {
                writing.GetAwaiter().GetResult();
                writing = Task.Run(() => write(thing), CancellationToken.None);
            }
        }
        catch when (!writing.IsFaulted)
        {
            ((IAsyncResult)writing).AsyncWaitHandle.WaitOne(); // what is begun is written to its end; should that fail now, it failed later
            throw;
        }
        catch
        {
            // The write failed first, and is rethrown below.
        }

        writing.GetAwaiter().GetResult();
    }
}
