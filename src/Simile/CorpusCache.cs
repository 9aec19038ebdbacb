using System.Security.Cryptography;
using System.Text;
using Simile.Analyses;
using Simile.Embedding;
using Simile.Storage;
using Simile.Sync;

namespace Simile;

/// <summary>
/// Searches files and folders directly. Vectors are cached for the user, so that the next search embeds only new content.
/// </summary>
public static class CorpusCache
{
    /// <summary>simile/find below the cache folder: XDG_CACHE_HOME, or the system's equivalent.</summary>
    public static string Root => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "simile",
        "find");

    /// <summary>Deletes all cached vectors but those that another program is writing, and returns the bytes that they took.</summary>
    public static long Clear() => CacheFolders.Clear(Root);

    /// <summary>Updates the cache from files and folders, then searches it.</summary>
    /// <param name="query">The query.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback of the synchronization.</param>
    /// <param name="cancellationToken">Stops soon; what was embedded by then is kept.</param>
    /// <exception cref="FileNotFoundException">One of the paths does not exist.</exception>
    /// <remarks>
    /// A cache that cannot be used (full disk, no permission, another process writes) is no failure: the search is done in memory. A
    /// damaged one is rebuilt, now or by the next search, and the result says so.
    /// </remarks>
    public static async Task<FindResult> FindAsync(
        CorpusQuery query,
        IReadOnlyList<string> paths,
        FindOptions? options = null,
        IProgress<SyncProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new FindOptions();
        await using var source = ModelSource.Load(options.Model, preloadTexts: query is CorpusQuery.OfText);
        var (found, reason, renewed) = await UseAsync(
            paths, options, source, Prepare, SyncAndSearchAsync, cancellationToken).ConfigureAwait(false);
        return found with { NotCached = reason, Renewed = renewed };

        // What is wrong with the query is said before the cache is touched: it is no failure of the cache.
        async Task Prepare(CorpusModel model) =>
            query = await Corpus.WithVectorAsync(model, query, cancellationToken).ConfigureAwait(false);

        async Task<FindResult> SyncAndSearchAsync(Corpus corpus, CorpusModel model)
        {
            var report = await corpus.SyncAsync(paths, progress, cancellationToken).ConfigureAwait(false);
            return new FindResult(
                report, await corpus.SearchAsync(query, options.Search, cancellationToken).ConfigureAwait(false), model.Kinds);
        }
    }

    /// <summary>
    /// Opens the cached corpus of files and folders, for programs that search it many times. Synchronize it before the first search. A
    /// cache that cannot be used is replaced by a corpus in memory.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="options">Null for the defaults.</param>
    public static Corpus Open(IReadOnlyList<string> paths, FindOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= new FindOptions();
        var corpus = options.Corpus with { Access = CorpusAccess.ReadWrite, PreloadTexts = true };
        try
        {
            return options.Cache
                ? OpenOrRenew(paths, options, folder => Corpus.Open(folder, options.Model, corpus)).Corpus
                : Corpus.OpenTemporary(options.Model, corpus);
        }
        catch (Exception e) when (e is IOException and not DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return Corpus.OpenTemporary(options.Model, corpus);
        }
    }

    /// <summary>Synchronizes the cache with files and folders, and returns one vector per file.</summary>
    internal static async Task<AnalysisInput> ReadVectorsAsync(
        IReadOnlyList<string> paths, FindOptions? options, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        options ??= new FindOptions();
        await using var source = ModelSource.Load(options.Model, preloadTexts: false);
        var (input, reason, renewed) = await UseAsync(
            paths, options, source, _ => Task.CompletedTask, SyncAndReadAsync, cancellationToken).ConfigureAwait(false);
        return input with { NotCached = reason, Renewed = renewed };

        async Task<AnalysisInput> SyncAndReadAsync(Corpus corpus, CorpusModel model)
        {
            var report = await corpus.SyncAsync(paths, progress, cancellationToken).ConfigureAwait(false);
            return new AnalysisInput(await corpus.GetFileVectorsAsync(cancellationToken).ConfigureAwait(false))
            {
                Report = report,
                Kinds = model.Kinds,
            };
        }
    }

    private static async Task<(T Result, Exception? NotCached, Exception? Renewed)> UseAsync<T>(
        IReadOnlyList<string> paths,
        FindOptions options,
        ModelSource source,
        Func<CorpusModel, Task> prepare,
        Func<Corpus, CorpusModel, Task<T>> use,
        CancellationToken cancellationToken)
    {
        var (corpus, reason, renewed) = options.Cache ? Open(paths, options, source) : (null, null, null);
        await using (corpus)
        {
            // Errors in the model or the query are reported here: they are not failures of the cache.
            var model = await source.GetAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await prepare(model).ConfigureAwait(false);
            if (corpus is not null)
            {
                try
                {
                    return (await use(corpus, model).ConfigureAwait(false), null, renewed);
                }
                catch (Exception e) when (IsOfTheCache(e))
                {
                    reason = e;
                    await DiscardAsync(corpus, e).ConfigureAwait(false);
                }
            }

            await using var memory = Corpus.OpenTemporary(model, options.Corpus);
            return (await use(memory, model).ConfigureAwait(false), reason, null);
        }
    }

    private static (Corpus? Corpus, Exception? Reason, Exception? Renewed) Open(
        IReadOnlyList<string> paths, FindOptions options, ModelSource model)
    {
        try
        {
            var (corpus, renewed) = OpenOrRenew(paths, options, folder => Corpus.Open(folder, model, options.Corpus));
            return (corpus, null, renewed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, e, null);
        }
    }

    // A missing path is not a failure of the cache.
    private static bool IsOfTheCache(Exception e) =>
        e is InvalidDataException or UnauthorizedAccessException || (e is IOException and not FileNotFoundException);

    // A damaged cache is deleted, so that the next search rebuilds it.
    private static async Task DiscardAsync(Corpus corpus, Exception reason)
    {
        await corpus.DisposeAsync().ConfigureAwait(false);
        if (reason is InvalidDataException && corpus.Folder is { } folder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (Corpus Corpus, Exception? Renewed) OpenOrRenew(
        IReadOnlyList<string> paths, FindOptions options, Func<string, Corpus> open)
    {
        var folder = Path.Combine(Root, Key(paths, options.Model));
        var opened = OpenOrRenew(folder, open);
        CacheFolders.Touch(folder);
        CacheFolders.Trim(Root, folder, options.CacheBytes);
        return opened;
    }

    private static (Corpus Corpus, Exception? Renewed) OpenOrRenew(string folder, Func<string, Corpus> open)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return (open(folder), null);
        }
        catch (InvalidDataException e)
        {
            // Damaged, or made by another version: it can be rebuilt.
            Directory.Delete(folder, recursive: true);
            return (open(folder), e);
        }
    }

    private static string Key(IReadOnlyList<string> paths, string model)
    {
        var full = paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        var all = string.Join('\0', full.Order(StringComparer.Ordinal).Append(HubCache.Locate(model)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..32];
    }
}
