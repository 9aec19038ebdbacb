using Simile.Models.Checkpoints;

namespace Simile.Models.Onnx;

/// <summary>
/// Gives the pages of a checkpoint's files back every other millisecond until it is disposed, and once more then. ONNX Runtime reads each matrix
/// once, to make its own order of it, and says nothing when it is done with one: all of them would be in memory twice at the end of the start.
/// What it is reading right now is read again out of the system's cache, which takes no time that could be measured.
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
