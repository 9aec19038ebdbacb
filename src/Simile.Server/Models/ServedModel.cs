using Simile.Server.Telemetry;

namespace Simile.Server.Models;

/// <summary>A model that is loaded by its first request and unloaded when it is idle.</summary>
/// <remarks>Thread-safe. A failed load is tried again by the next request.</remarks>
internal sealed class ServedModel(string name, SimileServerOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<LoadedModel>? _loading;
    private Type? _type;
    private int _users;
    private long _used;

    /// <summary>The name by which requests call it. A folder is called by its own name, so that no path is told.</summary>
    public string Id { get; } = Path.Exists(name) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))) : name;

    /// <summary>When the server began to serve it.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>
    /// How likely the model is of a type, judged without loading it: 2 if it is, 1 if its files look so, 0 if nobody knows, -1 if it is
    /// not.
    /// </summary>
    public int Likelihood(Type type)
    {
        if (_type is { } known)
        {
            return type.IsAssignableFrom(known) ? 2 : -1;
        }

        var isClassifier = TextClassifier.IsClassifier(HubCache.Locate(name));
        return type == typeof(ClassifierModel) ? (isClassifier ? 1 : -1)
            : type == typeof(EmbeddingModel) ? (isClassifier ? -1 : 1)
            : type == typeof(IReranker) && isClassifier ? 1 : 0;
    }

    /// <summary>Loads the model if it is not in memory, and keeps it there until the lease is disposed.</summary>
    public async Task<ModelLease<LoadedModel>> AcquireAsync(CancellationToken cancellationToken)
    {
        Task<LoadedModel> loading;
        lock (_lock)
        {
            _users++;
            loading = _loading ??= Task.Run(Load, CancellationToken.None);
        }

        try
        {
            return new ModelLease<LoadedModel>(this, await loading.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            Forget(loading);
            throw;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _users--;
            _used = time.GetTimestamp();
        }
    }

    /// <summary>Unloads the model if no request used it for a time.</summary>
    public async Task UnloadAsync(TimeSpan idle)
    {
        LoadedModel model;
        lock (_lock)
        {
            if (_users > 0 || _loading is not { IsCompletedSuccessfully: true } loaded || time.GetElapsedTime(_used) < idle)
            {
                return;
            }

            (model, _loading) = (loaded.Result, null);
        }

        ServerTelemetry.Models(Id, -1);
        await model.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_loading is { } loading)
        {
            await Task.WhenAny(loading).ConfigureAwait(false);
            lock (_lock)
            {
                _users = 0;
            }

            await UnloadAsync(TimeSpan.Zero).ConfigureAwait(false);
        }
    }

    private LoadedModel Load()
    {
        var model = LoadedModel.Load(name, Id, options);
        _type = model.GetType();
        ServerTelemetry.Models(Id, 1);
        return model;
    }

    private void Forget(Task<LoadedModel> loading)
    {
        lock (_lock)
        {
            _users--;
            if (loading.IsFaulted && _loading == loading)
            {
                _loading = null;
            }
        }
    }
}
