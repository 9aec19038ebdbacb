using Microsoft.Data.Sqlite;
using Simile.Storage;
using Simile.Sync.Walk;

namespace Simile.Sync;

/// <summary>Updates a store from files and folders: only changed content is embedded.</summary>
/// <remarks>
/// One run at a time. One thread reads and splits files while another embeds them. A few seconds of work are
/// committed at a time, whole files or parts of a large text, so that an interrupted run can be continued.
/// </remarks>
internal sealed class FolderSync(Store store, CorpusModel model, SyncOptions options)
{
    /// <summary>
    /// Synchronizes files and folders. Files deleted below them are removed from the store; other files in the store stay.
    /// </summary>
    /// <exception cref="FileNotFoundException">A path does not exist. Nothing was changed.</exception>
    /// <exception cref="InvalidDataException">The store holds vectors of another model, or is damaged.</exception>
    /// <exception cref="IOException">The disk is full. Committed work is kept.</exception>
    public async Task<SyncReport> RunAsync(
        IReadOnlyList<string> paths, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var roots = paths.Select(FullPath).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            store.UseModel(new StoreModel(model.Name, model.Dimensions, model.Fingerprint));
            var known = roots.SelectMany(store.FilesBelow).DistinctBy(file => file.Path)
                .ToDictionary(file => file.Path, StringComparer.Ordinal);
            var walk = FileWalk.Below(roots, new WalkOptions(store.Folder, options.ReadIgnored, options.ReadHidden), cancellationToken);
            var run = new SyncRun(store, model, options, walk, known, progress);
            await using var reading = new ReadAhead(new FileReader(model, options, known, walk), walk.Files, cancellationToken);
            return await run.FinishAsync(reading.FilesAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, store.Place);
        }
    }

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.Exists(full) ? full : throw new FileNotFoundException($"The file or folder {path} does not exist.", path);
    }
}
