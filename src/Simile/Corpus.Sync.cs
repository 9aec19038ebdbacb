using System.Diagnostics;
using Simile.Sync;

namespace Simile;

/// <content>Synchronization with files.</content>
public sealed partial class Corpus
{
    /// <summary>
    /// Updates the corpus from files and folders: only new content is embedded, items of deleted files below the paths are removed, other
    /// items stay. Unreadable files are skipped and reported.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon. Committed work is kept, and the next call continues.</param>
    /// <exception cref="FileNotFoundException">A path does not exist. Nothing was changed.</exception>
    /// <exception cref="InvalidDataException">The store holds vectors of another model, or is damaged.</exception>
    /// <exception cref="InvalidOperationException">The corpus is open for reading only.</exception>
    /// <exception cref="IOException">The disk is full. Committed work is kept.</exception>
    public async Task<SyncReport> SyncAsync(
        IEnumerable<string> paths, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var roots = paths.ToArray();
        using var lease = EnterToWrite(cancellationToken);
        await _writing.WaitAsync(lease.Stop).ConfigureAwait(false);
        try
        {
            using var activity = CorpusTelemetry.Source.StartActivity("simile.sync");
            var begin = Stopwatch.GetTimestamp();
            var model = await _model.GetAsync().WaitAsync(lease.Stop).ConfigureAwait(false);
            var report = await Task.Run(
                () => new FolderSync(_store, model, _options.Sync).RunAsync(roots, progress, lease.Stop), lease.Stop).ConfigureAwait(false);
            CorpusTelemetry.Synchronized(_logger, activity, report, Stopwatch.GetElapsedTime(begin));
            return report;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Removes files and all files below folders from the corpus, whether they still exist or not. The files themselves are not touched.
    /// </summary>
    /// <returns>Number of removed files.</returns>
    /// <exception cref="InvalidOperationException">The corpus is open for reading only.</exception>
    public async Task<int> RemoveAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string[] roots = [.. paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))];
        using var lease = EnterToWrite(cancellationToken);
        await _writing.WaitAsync(lease.Stop).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => _store.RemoveBelow(roots), lease.Stop).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private OperationGate.Lease EnterToWrite(CancellationToken cancellationToken) => _store.Access == CorpusAccess.ReadWrite
        ? _gate.Enter(cancellationToken)
        : throw new InvalidOperationException($"The corpus {Folder} is open for reading only: open it for writing.");
}
