using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;
using Simile.Server;
using Simile.Server.Collections;
using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Server.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what <c>app.MapSimile()</c> needs.</summary>
public static class SimileServerServiceCollectionExtensions
{
    /// <summary>Registers the server: its models, which are loaded by their first requests, and its limits.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IServiceCollection AddSimileServer(this IServiceCollection services, SimileServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new SimileServerOptions();
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<PrometheusMetrics>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<ServedCollections>();
        services.AddHostedService<IdleModels>();
        services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
        services.AddOptions<McpServerOptions>().Configure<ServedCollections>((server, collections) => collections.Configure(server));
        services.AddRouting();
        return services;
    }
}
