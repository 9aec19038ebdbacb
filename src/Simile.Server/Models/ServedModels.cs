using Simile.Server.Http;

namespace Simile.Server.Models;

/// <summary>The models of a server.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServedModels : IAsyncDisposable
{
    private readonly ServedModel[] _models;

    public ServedModels(SimileServerOptions options, TimeProvider time)
    {
        options.Validate();
        _models = [.. options.Models.Select(name => new ServedModel(name, options, time))];
        if (_models.GroupBy(model => model.Id).FirstOrDefault(group => group.Count() > 1) is { } several)
        {
            throw new ArgumentException($"Two models are called {several.Key}: rename one of the folders.", nameof(options));
        }
    }

    public IReadOnlyList<ServedModel> All => _models;

    /// <summary>A model of a type: the one that a request names, or the first of that type.</summary>
    /// <param name="id">The name in the request; null or empty if it names none.</param>
    /// <param name="role">The kind that the request needs, in the words of its API: "a re-ranker model".</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="RequestFailure">There is no such model, or it is of another kind.</exception>
    public async Task<ModelLease<T>> AcquireAsync<T>(string? id, string role, CancellationToken cancellationToken)
        where T : class
    {
        ServedModel[] candidates = string.IsNullOrEmpty(id)
            ? [.. _models.Where(model => model.Likelihood(typeof(T)) >= 0).OrderByDescending(model => model.Likelihood(typeof(T)))]
            : [Find(id)];
        foreach (var candidate in candidates)
        {
            var lease = await candidate.AcquireAsync(cancellationToken).ConfigureAwait(false);
            if (lease.Model is T model)
            {
                return new ModelLease<T>(candidate, model);
            }

            lease.Dispose();
        }

        throw new RequestFailure(FailureKind.Backend, $"model is not {role}") { Param = "model" };
    }

    /// <summary>The model by its whole name, or by what follows its last slash.</summary>
    /// <exception cref="RequestFailure">There is none.</exception>
    public ServedModel Find(string id) =>
        _models.FirstOrDefault(model => model.Id == id)
        ?? _models.FirstOrDefault(model => string.Equals(model.Id.Split('/')[^1], id, StringComparison.OrdinalIgnoreCase))
        ?? throw new RequestFailure(
            FailureKind.NotFound,
            $"The model `{Shorten(id)}` does not exist here. This server has: {string.Join(", ", _models.Select(model => model.Id))}.")
        {
            Param = "model",
            Code = "model_not_found",
        };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var model in _models)
        {
            await model.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Shorten(string id) => id.Length <= 100 ? id : id[..100] + "…";
}
