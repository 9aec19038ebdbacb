using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Simile.Storage;
using Simile.Tokenizers;

namespace Simile.Indexing;

/// <summary>Brings a store up to date with files and folders: only what changed is embedded.</summary>
/// <remarks>
/// One run at a time. Files are read and cut on one thread while what they hold is embedded on another; whole files are committed,
/// a few seconds of work at a time, so that a run that is stopped in any way is gone on with by the next.
/// </remarks>
public sealed class FolderIndexer
{
    private readonly Store _store;
    private readonly Func<StoreModel> _model;
    private readonly Embedders _embedders;
    private readonly IndexOptions _options;

    /// <summary>Prepares the indexing of texts into a store.</summary>
    /// <param name="store">Open for writing; the caller disposes it.</param>
    /// <param name="embedder">Makes the vectors; the caller disposes it.</param>
    /// <param name="tokenizer">Counts the tokens of passages: the embedder's own.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The store is open for reading only, or an option is out of its range.</exception>
    public FolderIndexer(Store store, IEmbeddingGenerator<string, Embedding<float>> embedder, Tokenizer tokenizer, IndexOptions? options = null)
        : this(store, new Embedders { Texts = embedder, Tokenizer = () => tokenizer }, options)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(tokenizer);
        _model = () => StoreModel.Of(embedder, _options.ModelSettings);
    }

    /// <summary>Prepares the indexing of texts, pictures and sounds into a store.</summary>
    /// <param name="store">Open for writing; the caller disposes it.</param>
    /// <param name="model">What the store is stamped with: the one model that all vectors are of.</param>
    /// <param name="embedders">What makes the vectors; the caller disposes it.</param>
    /// <param name="options">Null for the defaults. Its ModelSettings do not count: the model has them.</param>
    /// <exception cref="ArgumentException">The store is open for reading only, an option is out of its range, or an embedder is missing.</exception>
    public FolderIndexer(Store store, StoreModel model, Embedders embedders, IndexOptions? options = null)
        : this(store, embedders, options)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = () => model;
    }

    private FolderIndexer(Store store, Embedders embedders, IndexOptions? options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(embedders);
        if (store.Access != StoreAccess.ReadWrite)
        {
            throw new ArgumentException("The store is open for reading only: open it for writing.", nameof(store));
        }

        embedders.Validate();
        _options = options ?? new IndexOptions();
        _options.Validate();
        (_store, _embedders, _model) = (store, embedders, null!);
    }

    /// <summary>Indexes files and folders. What vanished below them goes away; what is elsewhere in the store stays.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="progress">Told now and then, in the course of the work; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon; what is committed by then is kept and <see cref="OperationCanceledException"/> thrown.</param>
    /// <exception cref="FileNotFoundException">One of the paths does not exist; nothing was changed.</exception>
    /// <exception cref="InvalidDataException">The store holds vectors of another model, or is damaged.</exception>
    /// <exception cref="IOException">The disk is full; what was committed before is kept.</exception>
    public IndexReport Index(IReadOnlyList<string> paths, IProgress<IndexProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var roots = paths.Select(FullPath).Distinct(StringComparer.Ordinal).ToList();
        try
        {
            _store.UseModel(_model());
            var known = roots.SelectMany(_store.FilesBelow).DistinctBy(file => file.Path).ToDictionary(file => file.Path, StringComparer.Ordinal);
            var walk = FileWalk.Below(roots, _store.Folder, cancellationToken);
            var run = new IndexRun(_store, _embedders, _options, walk, known, progress);
            using var reading = new ReadAhead(new FileReader(_embedders, _options, known), walk.Files, cancellationToken);
            return run.Finish(reading.Files(), cancellationToken);
        }
        catch (SqliteException e)
        {
            throw StoreFailures.From(e, _store.Place);
        }
    }

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.Exists(full) ? full : throw new FileNotFoundException($"There is no file or folder {path}.", path);
    }
}
