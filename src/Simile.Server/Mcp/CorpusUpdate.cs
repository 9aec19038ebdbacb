using Simile.Sync;

namespace Simile.Server.Mcp;

/// <summary>
/// Synchronizes a corpus with folders: once at the start, and again before a search if the last synchronization is not recent.
/// </summary>
/// <remarks>
/// Thread-safe. One synchronization runs at a time. A search waits for it at most 20 seconds, then searches what is indexed.
/// </remarks>
internal sealed class CorpusUpdate : IAsyncDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Corpus _corpus;
    private readonly IReadOnlyList<string> _folders;
    private Task<SyncReport>? _running;
    private DateTime _ended;

    public CorpusUpdate(Corpus corpus, IReadOnlyList<string> folders)
    {
        (_corpus, _folders) = (corpus, folders);
        Start();
    }

    /// <summary>Whether a synchronization is running.</summary>
    public bool IsRunning => _running is { IsCompleted: false };

    /// <summary>The last report; null before the first one, and for a corpus that is only read.</summary>
    public SyncReport? Last { get; private set; }

    /// <summary>Why the last synchronization failed; null if it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What an agent should know of the state; null if all is well.</summary>
    public string? Note => IsRunning ? "Indexing is still running: results may be missing."
        : Failure is { } failure ? $"The last update failed: {failure}"
        : null;

    /// <summary>Brings the corpus up to date, or waits for that a while.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (Start() is { } running)
        {
            await Task.WhenAny(running, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await Task.WhenAny(running).ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private Task<SyncReport>? Start()
    {
        if (_folders.Count == 0)
        {
            return null;
        }

        lock (_lock)
        {
            if (_running is null || (_running.IsCompleted && DateTime.UtcNow - _ended > Fresh && !_stop.IsCancellationRequested))
            {
                _running = Task.Run(RunAsync);
            }

            return _running;
        }
    }

    private async Task<SyncReport> RunAsync()
    {
        try
        {
            Last = await _corpus.SyncAsync(_folders, null, _stop.Token).ConfigureAwait(false);
            Failure = null;
            return Last;
        }
        catch (Exception e)
        {
            Failure = e.Message;
            throw;
        }
        finally
        {
            _ended = DateTime.UtcNow;
        }
    }
}
