namespace Simile.Server.Tests;

/// <summary>One server with the built-in model and the default options for the tests of a class.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    internal static TextEmbedder Library { get; } = TextEmbedder.Load();

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
