namespace Simile.Embedding;

/// <summary>The model of a corpus: passed in, or loaded in the background by name.</summary>
/// <remarks>Thread-safe. A model loaded here is owned. Disposal waits for loading to finish, so that nothing leaks.</remarks>
internal sealed class ModelSource : IAsyncDisposable
{
    private readonly Task<CorpusModel> _model;
    private readonly Task<MultimodalModel>? _owned;

    private ModelSource(Task<CorpusModel> model, Task<MultimodalModel>? owned) => (_model, _owned) = (model, owned);

    public static ModelSource Given(CorpusModel model) => new(Task.FromResult(model), null);

    /// <summary>Starts loading a model.</summary>
    /// <param name="name">A model for <see cref="MultimodalModel.Load"/>.</param>
    /// <param name="preloadTexts">Whether to load its text network too.</param>
    /// <param name="fingerprint">The model's fingerprint, if it is known; null to compute it on first use.</param>
    public static ModelSource Load(string name, bool preloadTexts, string? fingerprint = null)
    {
        var loading = Task.Run(() => Open(name, preloadTexts));
        return new ModelSource(Wrap(loading, fingerprint), loading);
    }

    public Task<CorpusModel> GetAsync() => _model;

    /// <summary>The same model for another corpus, not owned.</summary>
    public ModelSource Shared() => new(_model, null);

    public async ValueTask DisposeAsync()
    {
        if (_owned is null)
        {
            return;
        }

        await Task.WhenAny(_owned).ConfigureAwait(false);
        if (_owned.IsCompletedSuccessfully)
        {
            (await _owned.ConfigureAwait(false)).Dispose();
        }

        // Observes an exception that nobody waits for, so that it does not surface later.
        _ = _model.Exception;
    }

    private static async Task<CorpusModel> Wrap(Task<MultimodalModel> loading, string? fingerprint) =>
        new MultimodalCorpusModel(await loading.ConfigureAwait(false), fingerprint);

    private static MultimodalModel Open(string name, bool preloadTexts)
    {
        var model = MultimodalModel.Load(HubCache.Locate(name));
        try
        {
            _ = preloadTexts && model.Knows(MediaKind.Text) ? model.Texts : null;
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
