using Simile.Server.Tests.Mcp;
using Simile.Testing;

namespace Simile.Server.Tests.Collections;

/// <summary>A server over a store of a mixed folder.</summary>
public sealed class IndexedStore : IAsyncLifetime
{
    private readonly MixedFolder _folder = new();
    private readonly string _top = Assets.NewFolder();

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var store = Path.Combine(_top, "notes.simile");
        await using (var corpus = Corpus.Open(store))
        {
            await corpus.SyncAsync([_folder.Root]);
        }

        Server = await RunningServer.StartAsync(new SimileServerOptions { Stores = [store] });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(_top, recursive: true);
    }
}
