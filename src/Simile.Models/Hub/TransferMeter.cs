using System.Diagnostics;

namespace Simile.Models;

/// <summary>Counts the bytes and files of one pull, and reports the progress at most ten times a second.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TransferMeter(int files, long bytes, IProgress<HubProgress>? progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _next;
    private long _done;
    private long _earlier;
    private int _files;
    private bool _waits;

    /// <summary>Bytes received over the network.</summary>
    public long Transferred { get; private set; }

    /// <summary>Adds bytes that an earlier pull received.</summary>
    public void Earlier(long count) => Change(() => (_earlier, _done) = (_earlier + count, _done + count));

    /// <summary>Adds received bytes.</summary>
    public void Came(int count) => Change(() => (_done, Transferred, _waits) = (_done + count, Transferred + count, false));

    /// <summary>Subtracts bytes that were dropped.</summary>
    public void TakeBack(long count) => Change(() => (_done, _earlier) = (_done - count, Math.Max(0, Math.Min(_earlier, _done - count))));

    /// <summary>Counts a complete file.</summary>
    public void Finish() => Change(() => (_files, _waits, _next) = (_files + 1, false, default));

    /// <summary>Reports that another process holds the lock.</summary>
    public void Waits() => Change(() => (_waits, _next) = (true, default));

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            var elapsed = Stopwatch.GetElapsedTime(_start);
            if (progress is not null && elapsed >= _next)
            {
                _next = elapsed + Pause;
                progress.Report(new HubProgress(_files, files, _done, Math.Max(bytes, _done), _earlier, elapsed, _waits));
            }
        }
    }
}
