using ModelContextProtocol.Server;
using Simile.Server.Http;

namespace Simile.Server.Collections;

/// <summary>The collections of a server.</summary>
internal sealed class ServedCollections : IAsyncDisposable
{
    public ServedCollections(SimileServerOptions options)
    {
        All = [.. options.Stores.Select(folder => new Collection(folder))];
        if (All.GroupBy(collection => collection.Id).FirstOrDefault(group => group.Count() > 1) is { } several)
        {
            throw new ArgumentException($"Two stores are called {several.Key}: rename one of the folders.", nameof(options));
        }
    }

    public IReadOnlyList<Collection> All { get; }

    /// <summary>The collection of a request's route.</summary>
    /// <exception cref="RequestFailure">There is none.</exception>
    public Collection Find(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["collection"]!;
        return All.FirstOrDefault(collection => collection.Id == id)
            ?? throw new RequestFailure(
                FailureKind.NotFound,
                $"There is no collection of that name. This server has: {string.Join(", ", All.Select(collection => collection.Id))}.")
            {
                Param = "collection",
            };
    }

    /// <summary>Gives agents the first collection.</summary>
    public void Configure(McpServerOptions options)
    {
        if (All.Count > 0)
        {
            All[0].Tools.Configure(options);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var collection in All)
        {
            await collection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
