using Microsoft.Extensions.Hosting;
using Simile.Server.Http;

namespace Simile.Server.Health;

/// <summary>GET /health tells whether requests are taken; GET /health/live only that the process runs.</summary>
internal static class HealthResource
{
    public static Task ReadyAsync(HttpContext context)
    {
        var isStopping =
            context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping.IsCancellationRequested == true;
        return isStopping ? throw new RequestFailure(FailureKind.Unhealthy, "unhealthy") : LiveAsync(context);
    }

    public static Task LiveAsync(HttpContext context) => JsonAnswer.WriteAsync(context, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteEndObject();
    });
}
