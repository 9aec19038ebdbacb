using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Simile.Embedding;
using Simile.Storage;

namespace Simile;

/// <summary>
/// Files of texts, pictures and sounds with their vectors in a store: synchronized with folders, searched by anything that the model
/// embeds.
/// </summary>
/// <remarks>
/// Thread-safe: any number of searches may run, also during a synchronization. All share one copy of the vectors, and each sees the state
/// committed at its start. One process may write to a store, any number may read it. A model loaded by name is owned and disposed with the
/// corpus; a model passed in stays the caller's. Disposal waits for running operations and cancels long ones. Exceptions carry a sentence
/// for people: <see cref="InvalidDataException"/> for a damaged, foreign or newer store and for vectors of another model,
/// <see cref="IOException"/> for a second writer or a full disk, <see cref="UnauthorizedAccessException"/> if the folder cannot be written.
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

    /// <summary>The full path of the store's folder; null for a temporary corpus.</summary>
    public string? Folder => _store.Folder;

    /// <summary>The name of the model that made the stored vectors; null before the first synchronization.</summary>
    public string? ModelName => _store.Model?.Name;

    /// <summary>
    /// The version of the store's format before it was opened for writing, which carried it over to the current one and built what that
    /// adds:
    /// before version 4, an index of words. Null if there was nothing to carry over.
    /// </summary>
    public int? CarriedOverFrom => _store.CarriedOverFrom;

    /// <summary>The model, once it is loaded.</summary>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
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
