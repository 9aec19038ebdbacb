namespace Simile.Embedding;

/// <summary>The model of a corpus: given, or loaded in the background by its name.</summary>
/// <remarks>Thread-safe. A model that was loaded here is owned: disposing waits for it, so that nothing is left behind.</remarks>
internal sealed class ModelSource : IAsyncDisposable
{
    private readonly Task<CorpusModel> _model;
    private readonly Task<JointModel>? _owned;

    private ModelSource(Task<CorpusModel> model, Task<JointModel>? owned) => (_model, _owned) = (model, owned);

    public static ModelSource Given(CorpusModel model) => new(Task.FromResult(model), null);

    /// <summary>Begins to load a model.</summary>
    /// <param name="name">As <see cref="JointModel.Load"/> takes it.</param>
    /// <param name="preloadTexts">Whether its network for texts is loaded too.</param>
    /// <param name="fingerprint">The model's, where its files were read for it already; null to read them when it is asked for.</param>
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

        // A failure that nobody asked for is seen here, so that it does not surface later.
        _ = _model.Exception;
    }

    private static async Task<CorpusModel> Wrap(Task<JointModel> loading, string? fingerprint) => new JointCorpusModel(await loading.ConfigureAwait(false), fingerprint);

    private static JointModel Open(string name, bool preloadTexts)
    {
        var model = JointModel.Load(HubCache.Locate(name));
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
