using Microsoft.Extensions.AI;
using Simile.Tokenizers;

namespace Simile.Indexing;

/// <summary>Brings a store up to date with files and folders: only what changed is embedded.</summary>
public sealed class FolderIndexer
{
    /// <summary>Prepares indexing into a store.</summary>
    /// <param name="store">Open for writing; the caller disposes it.</param>
    /// <param name="embedder">Makes the vectors; the caller disposes it.</param>
    /// <param name="tokenizer">Counts the tokens of passages: the embedder's own.</param>
    /// <param name="options">Null for the defaults.</param>
    public FolderIndexer(Store store, IEmbeddingGenerator<string, Embedding<float>> embedder, Tokenizer tokenizer, IndexOptions? options = null)
    {
    }

    /// <summary>Indexes files and folders. What vanished below them goes away; what is elsewhere in the store stays.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="progress">Told now and then, from another thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon; what is embedded by then is kept and <see cref="OperationCanceledException"/> thrown.</param>
    /// <exception cref="FileNotFoundException">One of the paths does not exist; nothing was changed.</exception>
    /// <exception cref="InvalidDataException">The store holds vectors of another model.</exception>
    /// <exception cref="IOException">The disk is full; what was committed before is kept.</exception>
    public IndexReport Index(IReadOnlyList<string> paths, IProgress<IndexProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
