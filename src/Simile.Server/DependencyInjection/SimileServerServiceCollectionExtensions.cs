using Microsoft.Extensions.DependencyInjection.Extensions;
using Simile.Server;
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
        services.AddHostedService<IdleModels>();
        services.AddRouting();
        return services;
    }
}
