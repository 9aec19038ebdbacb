namespace Simile.Models.Onnx;

/// <summary>
/// Delays the end of the process while a thread is inside ONNX Runtime. Its library unloads at the end of the process even if it is in
/// use: a background initialization or an abandoned batch would turn a good exit into a segmentation fault.
/// </summary>
internal sealed class ProcessEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly object _door = new();
    private int _inside;
    private Thread? _ending;

    /// <summary>The end of this process.</summary>
    public static ProcessEnd Ours { get; } = OfThisProcess();

    /// <summary>
    /// Keeps the process alive until the result is disposed. Once the process has begun to end, other threads wait here for it.
    /// </summary>
    public Hold HoldBack()
    {
        lock (_door)
        {
            while (_ending is not null && _ending != Thread.CurrentThread)
            {
                Monitor.Wait(_door);
            }

            _inside++;
            return new Hold(this);
        }
    }

    /// <summary>
    /// Waits until nobody is inside, and from then on admits only this thread. If <paramref name="patience"/> runs out first, it changes
    /// nothing and returns false.
    /// </summary>
    public bool Begin(TimeSpan patience)
    {
        var over = DateTime.UtcNow + patience;
        lock (_door)
        {
            _ending = Thread.CurrentThread;
            while (_inside > 0)
            {
                var left = over - DateTime.UtcNow;
                if (left <= TimeSpan.Zero)
                {
                    _ending = null;
                    Monitor.PulseAll(_door);
                    return false;
                }

                Monitor.Wait(_door, left);
            }

            return true;
        }
    }

    private static ProcessEnd OfThisProcess()
    {
        var end = new ProcessEnd();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => end.Begin(Patience);
        return end;
    }

    private void Leave()
    {
        lock (_door)
        {
            _inside--;
            Monitor.PulseAll(_door);
        }
    }

    /// <summary>One use of ONNX Runtime.</summary>
    public readonly ref struct Hold(ProcessEnd end)
    {
        public void Dispose() => end.Leave();
    }
}
