using Simile.Server.Telemetry;

namespace Simile.Server.Models;

/// <summary>A model that is loaded by its first request and unloaded when it is idle.</summary>
/// <remarks>Thread-safe. A failed load is tried again by the next request.</remarks>
internal sealed class ServedModel(string name, SimileServerOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<LoadedModel>? _loading;
    private int _users;
    private long _used;

    /// <summary>The name by which requests call it. A folder is called by its own name, so that no path is told.</summary>
    public string Id { get; } = Path.Exists(name) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))) : name;

    /// <summary>When the server began to serve it.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>Whether a request can have a model of a type, judged without loading it; true if that is not known.</summary>
    public bool MayBe(Type type)
    {
        var isClassifier = TextClassifier.IsClassifier(HubCache.Locate(name));
        return _type is { } known ? type.IsAssignableFrom(known) : type == typeof(EmbeddingModel) ? !isClassifier : type != typeof(ClassifierModel) || isClassifier;
    }

    private Type? _type;

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
