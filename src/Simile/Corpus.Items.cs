namespace Simile;

/// <content>The items of the corpus.</content>
public sealed partial class Corpus
{
    /// <summary>Number of vectors read from the store so far, for tests.</summary>
    internal long VectorsRead => _store.VectorsRead;


    /// <summary>The items of a file in order; empty if the file is not in the corpus.</summary>
    public async Task<IReadOnlyList<CorpusItem>> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.ItemsOf(Path.GetFullPath(path)), lease.Stop).ConfigureAwait(false);
    }

    /// <summary>The full paths of all files, sorted by their UTF-8 bytes.</summary>
    public async Task<IReadOnlyList<string>> GetFilesAsync(CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(_store.GetPaths, lease.Stop).ConfigureAwait(false);
    }

    /// <summary>Number of items of a kind: passages, pictures, or parts of sounds.</summary>
    public async Task<int> CountAsync(MediaKind kind, CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.Count(kind), lease.Stop).ConfigureAwait(false);
    }

    /// <summary>How many files have items. Folders and skipped files do not count.</summary>
    public async Task<int> CountFilesAsync(CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.FileCount, lease.Stop).ConfigureAwait(false);
    }
}
