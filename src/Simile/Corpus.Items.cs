namespace Simile;

/// <content>What the corpus holds.</content>
public sealed partial class Corpus
{
    /// <summary>Rows of vectors that were read from the store so far, for tests.</summary>
    internal long VectorsRead => _store.VectorsRead;


    /// <summary>The items of a file, in their order in it; none where the file is not in the corpus.</summary>
    public async Task<IReadOnlyList<CorpusItem>> GetAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.ItemsOf(Path.GetFullPath(path)), lease.Stop).ConfigureAwait(false);
    }

    /// <summary>Number of items of a kind: passages, pictures, or parts of sounds.</summary>
    public async Task<int> CountAsync(MediaKind kind, CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.Count(kind), lease.Stop).ConfigureAwait(false);
    }

    /// <summary>Number of files.</summary>
    public async Task<int> CountFilesAsync(CancellationToken cancellationToken = default)
    {
        using var lease = _gate.Enter(cancellationToken);
        return await Task.Run(() => _store.FileCount, lease.Stop).ConfigureAwait(false);
    }
}
