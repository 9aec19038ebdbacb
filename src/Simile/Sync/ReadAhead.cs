using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Simile.Sync;

/// <summary>Reads and splits files on its own thread, a little ahead of the consumer.</summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    private const int FilesAhead = 256;

    // Waiting texts are in memory, so their number is limited.
    private const long CharactersAhead = 32 << 20;

    private readonly Channel<FileReading> _channel =
        Channel.CreateBounded<FileReading>(new BoundedChannelOptions(FilesAhead) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _taken = new(0);
    private readonly CancellationTokenSource _stop;
    private readonly Task _reading;
    private long _ahead;

    public ReadAhead(FileReader reader, List<string> paths, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = Task.Run(() => Read(reader, paths, _stop.Token), CancellationToken.None);
    }

    /// <summary>All files, in order.</summary>
    public async IAsyncEnumerable<FileReading> FilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Add(ref _ahead, -file.Length);
            _taken.Release();
            yield return file;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _stop.Dispose();
        _taken.Dispose();
    }

    private async Task Read(FileReader reader, List<string> paths, CancellationToken stop)
    {
        try
        {
            foreach (var path in paths)
            {
                while (Interlocked.Read(ref _ahead) > CharactersAhead)
                {
                    await _taken.WaitAsync(stop).ConfigureAwait(false);
                }

                stop.ThrowIfCancellationRequested();
                var file = reader.Read(path, stop);
                Interlocked.Add(ref _ahead, file.Length);
                await _channel.Writer.WriteAsync(file, stop).ConfigureAwait(false);
            }

            _channel.Writer.Complete();
        }
        catch (Exception e)
        {
            _channel.Writer.Complete(e);
        }
    }
}
