using Simile.Models.Checkpoints;

namespace Simile.Models.Onnx;

/// <summary>
/// Releases the pages of a checkpoint's files every other millisecond until it is disposed, and once more then. ONNX Runtime reads each
/// matrix once to repack it and does not report when it is done. Without this, all matrices would be in memory twice at the end of loading.
/// A page that is still being read is read again from the system's file cache, which takes no measurable time.
/// </summary>
internal sealed class PageSweep : IDisposable
{
    private const int Milliseconds = 2;

    private readonly Checkpoint _checkpoint;
    private readonly ManualResetEvent _over = new(false);
    private readonly Thread _thread;

    public PageSweep(Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
        _thread = new Thread(Sweep) { IsBackground = true, Name = "Simile pages" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Set();
        _thread.Join(); // the files may be closed after this
        _over.Dispose();
    }

    private void Sweep()
    {
        while (!_over.WaitOne(Milliseconds))
        {
            _checkpoint.GiveBackPages();
        }

        _checkpoint.GiveBackPages();
    }
}
