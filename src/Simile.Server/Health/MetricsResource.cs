using Simile.Server.Telemetry;

namespace Simile.Server.Health;

/// <summary>GET /metrics, for Prometheus.</summary>
internal static class MetricsResource
{
    public static Task GetAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(context.RequestServices.GetRequiredService<PrometheusMetrics>().Write(), context.RequestAborted);
    }
}
