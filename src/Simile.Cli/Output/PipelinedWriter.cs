namespace Simile.Cli;

/// <summary>Writes things one after the other, each while the next one is made.</summary>
internal static class PipelinedWriter
{
    /// <summary>
    /// Gives each thing to <paramref name="write"/>, in order and one at a time. When this returns or throws, nothing is being written any more;
    /// where both sides fail, what is thrown is the failure that came first.
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
            // The write failed first: it says so below.
        }

        writing.GetAwaiter().GetResult();
    }
}
