using Simile.Embedding;
using Simile.Numerics;
using Simile.Storage;
using Simile.Sync;
using Simile.Tables;

namespace Simile.Analyses;

/// <summary>
/// Reads what an analysis runs over: a file of vectors, a store, or files and folders, which are embedded as <see cref="CorpusCache"/> does
/// it.
/// </summary>
public static class AnalysisSource
{
    /// <summary>The vectors behind some paths: one of each file, or each row of a file of vectors.</summary>
    /// <param name="paths">One file of vectors, one folder of a store, or any files and folders.</param>
    /// <param name="options">Model, cache and how files are read; what is searched does not count. Null for the defaults.</param>
    /// <param name="progress">Optional progress callback of the synchronization.</param>
    /// <param name="cancellationToken">Stops soon; what was embedded by then is kept.</param>
    /// <remarks>
    /// The vector of a text is the mean of those of its passages, brought to length 1; that of a sound, of its parts. Files are in the
    /// order of their paths.
    /// </remarks>
    /// <exception cref="ArgumentException">A file of vectors is given together with other paths.</exception>
    /// <exception cref="FileNotFoundException">One of the paths does not exist.</exception>
    /// <exception cref="InvalidDataException">A file of vectors or a store is damaged, or holds values that are not numbers.</exception>
    public static async Task<AnalysisInput> ReadAsync(
        IReadOnlyList<string> paths,
        FindOptions? options = null,
        IProgress<SyncProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.FirstOrDefault(IsVectors) is { } file)
        {
            return paths.Count == 1
                ? new AnalysisInput(await Task.Run(() => OfFile(file, cancellationToken), cancellationToken).ConfigureAwait(false))
                : throw new ArgumentException($"{file} is a file of vectors: analyze it alone, without further paths.");
        }

        if (paths is [var folder] && File.Exists(Path.Combine(folder, StoreDatabase.FileName)))
        {
            await using var corpus = Corpus.Open(folder, options: new CorpusOptions { Access = CorpusAccess.ReadOnly });
            return new AnalysisInput(await corpus.GetFileVectorsAsync(cancellationToken).ConfigureAwait(false));
        }

        return await CorpusCache.ReadVectorsAsync(paths, options, progress, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsVectors(string path) => VectorFile.IsReadable(path) && File.Exists(path);

    private static AnalyzedVectors OfFile(string path, CancellationToken stop)
    {
        var set = VectorFile.Read(path, stop);
        var items = Enumerable.Range(0, set.Vectors.Count)
            .Select(row => new AnalyzedItem { Path = set.Ids?[row], Row = row, Text = set.Texts?[row], Label = set.Labels?[row] });
        return new AnalyzedVectors(set.Vectors, [.. items], Metric.L2);
    }
}
