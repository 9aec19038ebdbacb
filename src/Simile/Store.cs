namespace Simile;

/// <summary>A folder that keeps passages of files and their vectors, and finds the closest ones.</summary>
/// <remarks>
/// One writer and many readers, in one or many processes; a store is not safe for concurrent use, each thread opens its own.
/// What it throws is a sentence for people: <see cref="InvalidDataException"/> for a damaged, foreign or newer store and for the wrong
/// model, <see cref="IOException"/> for a second writer or a full disk, <see cref="UnauthorizedAccessException"/> where the folder cannot be written.
/// </remarks>
public sealed class Store : IDisposable
{
    /// <summary>Opens a store; for writing an empty or missing folder becomes one.</summary>
    /// <exception cref="DirectoryNotFoundException">For reading: there is no such folder.</exception>
    /// <exception cref="InvalidDataException">The folder holds other things, or its store.db is damaged, foreign or of a newer version.</exception>
    /// <exception cref="IOException">Another process writes to the store, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static Store Open(string folder, StoreAccess access = StoreAccess.ReadWrite) => throw new NotImplementedException();

    /// <summary>A store in memory, gone when disposed.</summary>
    public static Store OpenTemporary() => throw new NotImplementedException();

    /// <summary>The folder; null for a temporary store.</summary>
    public string? Folder => throw new NotImplementedException();

    /// <summary>The model whose vectors are kept; null until something was indexed.</summary>
    public StoreModel? Model => throw new NotImplementedException();

    /// <summary>Grows with every committed change.</summary>
    public long Sequence => throw new NotImplementedException();

    /// <summary>Number of files kept.</summary>
    public int FileCount => throw new NotImplementedException();

    /// <summary>Number of passages kept, each with a vector.</summary>
    public int PassageCount => throw new NotImplementedException();

    /// <summary>The passages closest to a vector by cosine, best first, equal scores in the order of indexing. What is committed when it is called is searched.</summary>
    /// <param name="query">As many components as the model has dimensions.</param>
    /// <param name="top">How many at most, at least 1.</param>
    /// <exception cref="ArgumentException">The query has another length than the vectors kept.</exception>
    public IReadOnlyList<PassageHit> Search(ReadOnlySpan<float> query, int top) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
