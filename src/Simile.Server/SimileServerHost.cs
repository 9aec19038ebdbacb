using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Simile.Server.Http;
using Simile.Server.OpenAI;
using Simile.Server.Tei;

namespace Simile.Server;

/// <summary>A server in a process of its own, for programs that are no web application, such as the command line.</summary>
/// <remarks>Reads no configuration files and no environment variables. Disposal stops it at once.</remarks>
public sealed class SimileServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimileServerHost(WebApplication app)
    {
        _app = app;
        Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(address => new Uri(address))];
    }

    /// <summary>Where the server listens, with the port that it got for port 0.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Opens the port and returns when the server answers requests.</summary>
    /// <param name="options">The models and limits.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="log">Where warnings and errors go; null for no log. Disposed with the server.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is in use, or the address is not one of this machine.</exception>
    public static async Task<SimileServerHost> StartAsync(
        SimileServerOptions options,
        IPAddress address,
        int port,
        ILoggerProvider? log = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(address);
        var app = Build(options, address, port, log);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new SimileServerHost(app);
        }
        catch (Exception e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw e.InnerException is AddressInUseException
                ? new IOException($"The port {port} of {address} is in use: stop the other program, or choose another port.", e)
                : e is System.Net.Sockets.SocketException ? new IOException(
                    $"The server cannot listen on {address}, port {port}: {e.Message}.", e)
                : e;
        }
    }

    /// <summary>Takes no new requests, says so at <c>/health</c>, and ends when the running requests are answered.</summary>
    /// <param name="patience">The time after which it ends with requests unanswered.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        using var stop = new CancellationTokenSource(patience);
        await _app.StopAsync(stop.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Behind the guard too: a page of another site must not read it.
    private static void MapDescription(WebApplication app)
    {
        var guard = app.Services.GetRequiredService<RequestGuard>();
        var group = app.MapGroup(string.Empty);
        group.MapOpenApi("/openapi.json");
        group.MapScalarApiReference("/docs", page =>
            page.WithOpenApiRoutePattern("/openapi.json").WithTitle("Simile").DisableAgent().DisableTelemetry().DisableDefaultFonts());
        ((IEndpointConventionBuilder)group).Finally(builder =>
            builder.RequestDelegate = guard.Protect(builder.RequestDelegate!, OpenAIErrors.Instance, "/docs", isOpen: true));
    }

    private static WebApplication Build(SimileServerOptions options, IPAddress address, int port, ILoggerProvider? log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSimileServer(options);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(ServerJson.Default));
        builder.Services.AddOpenApi(document => document.AddDocumentTransformer((description, _, _) =>
        {
            description.Info = new OpenApiInfo { Title = "Simile", Version = InfoResource.Version };
            foreach (var (_, operation) in description.Paths.Values.SelectMany(path => path.Operations ?? []))
            {
                operation.RequestBody?.Content?.Remove("*/*");
            }

            return Task.CompletedTask;
        }));
        if (log is not null)
        {
            // A failed start is an exception already.
            builder.Logging.AddProvider(log).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        }

        var app = builder.Build();
        app.UseRouting();
        app.MapSimile();
        MapDescription(app);
        return app;
    }
}
