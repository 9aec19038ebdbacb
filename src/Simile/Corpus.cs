using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Simile.Embedding;
using Simile.Storage;

namespace Simile;

/// <summary>Files of texts, pictures and sounds with their vectors in a store: synchronized with folders, searched by anything that the model embeds.</summary>
/// <remarks>
/// Thread-safe: any number of searches at once, also while one synchronization runs; all share one copy of the vectors, and each sees what was committed
/// when it began. One process may write to a store, any number may read it. A model that the corpus loaded by name is its own and is disposed with it;
/// a model that was given stays the caller's. Disposing waits for the operations that run and ends long ones.
/// What it throws is a sentence for people: <see cref="InvalidDataException"/> for a damaged, foreign or newer store and for vectors of another model,
/// <see cref="IOException"/> for a second writer or a full disk, <see cref="UnauthorizedAccessException"/> where the folder cannot be written.
/// </remarks>
public sealed partial class Corpus : IDisposable, IAsyncDisposable
{
    private readonly Store _store;
    private readonly ModelSource _model;
    private readonly CorpusOptions _options;
    private readonly ILogger _logger;
    private readonly OperationGate _gate = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _searching = new(Environment.ProcessorCount);

    private Corpus(Store store, ModelSource model, CorpusOptions options)
    {
        (_store, _model, _options) = (store, model, options);
        _logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<Corpus>();
    }

    /// <summary>The folder of the store as a full path; null for a temporary corpus.</summary>
    public string? Folder => _store.Folder;

    /// <summary>The name of the model whose vectors are stored; null until something was synchronized.</summary>
    public string? ModelName => _store.Model?.Name;

    /// <summary>The model, when it is loaded.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no model of the name that was given.</exception>
    /// <exception cref="InvalidDataException">A file of the model is damaged.</exception>
    public Task<CorpusModel> GetModelAsync() => _model.GetAsync();

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (await _gate.CloseAsync().ConfigureAwait(false))
        {
            _store.Dispose();
            await _model.DisposeAsync().ConfigureAwait(false);
            _gate.Dispose();
        }
    }
}
