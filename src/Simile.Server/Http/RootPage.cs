using System.Net;
using System.Text;

namespace Simile.Server.Http;

/// <summary>GET /: what is served, as a page for people.</summary>
internal static class RootPage
{
    /// <summary>The page that lists routes, each with a sentence.</summary>
    public static RequestDelegate Of(IReadOnlyList<(string Method, string Route, string Sentence)> routes)
    {
        var rows = string.Concat(routes.Select(route =>
            $"<tr><td>{route.Method}</td><td><code>{WebUtility.HtmlEncode(route.Route)}</code></td>"
            + $"<td>{WebUtility.HtmlEncode(route.Sentence)}</td></tr>\n"));
        var page = Encoding.UTF8.GetBytes($$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Simile</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color-scheme: light dark }
            td { padding: .2rem 1rem .2rem 0; vertical-align: top }</style>
            </head>
            <body>
            <h1>Simile</h1>
            <p>This server turns texts, pictures and sounds into vectors. It answers:</p>
            <table>
            {{rows}}</table>
            </body>
            </html>

            """);
        return async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
            await context.Response.Body.WriteAsync(page, context.RequestAborted).ConfigureAwait(false);
        };
    }
}
