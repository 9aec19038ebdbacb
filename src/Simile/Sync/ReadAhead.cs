using System.Threading.Channels;

namespace Simile.Sync;

/// <summary>Reads and cuts files on a thread of its own, a little ahead of who asks for them.</summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    private const int FilesAhead = 256;

    private readonly Channel<FileReading> _channel = Channel.CreateBounded<FileReading>(new BoundedChannelOptions(FilesAhead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;

    public ReadAhead(FileReader reader, List<string> paths, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = Task.Run(() => Read(reader, paths, _stop.Token), CancellationToken.None);
    }

    /// <summary>All files, in order.</summary>
    public IAsyncEnumerable<FileReading> FilesAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task Read(FileReader reader, List<string> paths, CancellationToken stop)
    {
        try
        {
            foreach (var path in paths)
            {
                stop.ThrowIfCancellationRequested();
                await _channel.Writer.WriteAsync(reader.Read(path), stop).ConfigureAwait(false);
            }

            _channel.Writer.Complete();
        }
        catch (Exception e)
        {
            _channel.Writer.Complete(e);
        }
    }
}
