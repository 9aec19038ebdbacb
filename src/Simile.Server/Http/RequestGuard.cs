using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Simile.Server.Batching;
using Simile.Server.Telemetry;

namespace Simile.Server.Http;

/// <summary>
/// Stands before every endpoint: checks the host, the origin, the API key and the size, and turns exceptions into the errors of the API.
/// </summary>
internal sealed partial class RequestGuard(SimileServerOptions options, ILogger<RequestGuard> logger)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    // Keys are compared by their hashes: these have one length, and nobody can choose them byte by byte.
    private readonly byte[][] _keys = [.. options.ApiKeys.Select(Hash)];

    /// <summary>Puts the guard before an endpoint.</summary>
    /// <param name="next">The endpoint.</param>
    /// <param name="errors">How the API tells of failures.</param>
    /// <param name="route">The route, for metrics.</param>
    /// <param name="isOpen">Whether the endpoint needs no API key.</param>
    /// <param name="hasLimit">Whether the endpoint limits the size of a body itself, as <see cref="JsonBody"/> does.</param>
    public RequestDelegate Protect(RequestDelegate next, ApiErrors errors, string route, bool isOpen, bool hasLimit = true) =>
        async context =>
        {
            var begin = Stopwatch.GetTimestamp();
            using var activity = ServerTelemetry.Source.StartActivity("simile.request");
            activity?.SetTag("http.route", route);
            try
            {
                Check(context, isOpen, hasLimit);
                await next(context).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                await AnswerAsync(context, e, errors, route).ConfigureAwait(false);
            }
            finally
            {
                activity?.SetTag("http.response.status_code", context.Response.StatusCode);
                ServerTelemetry.Request(route, context.Response.StatusCode, Stopwatch.GetElapsedTime(begin));
            }
        };

    private void Check(HttpContext context, bool isOpen, bool hasLimit)
    {
        CheckHost(context);
        CheckOrigin(context.Request);
        if (!isOpen)
        {
            CheckKey(context.Request);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = hasLimit ? null : options.MaxBodyBytes;
        }

        if (context.Request.ContentLength > options.MaxBodyBytes)
        {
            throw RequestFailure.TooLarge(options.MaxBodyBytes);
        }
    }

    // A page of an attacker whose name resolves to 127.0.0.1 sends its own name as host.
    private void CheckHost(HttpContext context)
    {
        if (options.Hosts.Contains("*")
            || (options.Hosts.Count == 0 && context.Connection.LocalIpAddress is { } local && !IPAddress.IsLoopback(local)))
        {
            return;
        }

        var host = context.Request.Host.Host;
        if (!(options.Hosts.Count > 0 ? options.Hosts : Loopback).Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new RequestFailure(
                FailureKind.Forbidden, "This server is not called by that host name. Whoever runs it can allow the name.");
        }
    }

    // Browsers send an origin with requests of pages. Only pages of this server may use it: there is no CORS.
    private static void CheckOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestFailure(FailureKind.Forbidden, "Pages of other origins may not use this server.");
        }
    }

    private void CheckKey(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        if (_keys.Length == 0)
        {
            return;
        }

        var header = request.Headers.Authorization.ToString();
        var given = Hash(header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : string.Empty);
        var isKnown = false;
        foreach (var key in _keys)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(key, given);
        }

        if (!isKnown)
        {
            throw new RequestFailure(
                FailureKind.Unauthorized,
                header.Length == 0 ? "The API key is missing: send it as Authorization: Bearer KEY." : "The API key is wrong.");
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception e, ApiErrors errors, string route)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads an answer. The status is for metrics, as nginx counts it.
            context.Response.StatusCode = context.Response.HasStarted
                ? context.Response.StatusCode
                : StatusCodes.Status499ClientClosedRequest;
            return;
        }

        if (context.Response.HasStarted)
        {
            LogBroken(logger, route, e.GetType().Name);
            context.Abort();
            return;
        }

        var failure = Failure(e);
        if (failure.Kind is FailureKind.Internal or FailureKind.Unhealthy)
        {
            LogFault(logger, route, e.GetType().Name, e.StackTrace);
        }

        context.Response.Clear();
        await errors.WriteAsync(context, failure).ConfigureAwait(false);
    }

    private RequestFailure Failure(Exception e) => e switch
    {
        RequestFailure failure => failure,
        QueueFullException full => new RequestFailure(FailureKind.Overloaded, full.Message) { RetryAfter = full.RetryAfter },
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestFailure.TooLarge(options.MaxBodyBytes),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            new RequestFailure(FailureKind.Slow, "The body did not arrive in time."),
        BadHttpRequestException => new RequestFailure(FailureKind.Malformed, "The request is not valid HTTP."),
        NotSupportedException => new RequestFailure(FailureKind.Backend, e.Message),
        ArgumentException => new RequestFailure(FailureKind.Validation, e.Message),
        DirectoryNotFoundException or FileNotFoundException or InvalidDataException =>
            new RequestFailure(FailureKind.Unhealthy, "The model cannot be loaded: the log of the server says why."),
        _ => new RequestFailure(FailureKind.Internal, "The server has a fault: its log says which."),
    };

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // Messages of exceptions may quote texts, so only their types are logged.
    [LoggerMessage(1, LogLevel.Error, "{Route} failed: {Exception} {Stack}")]
    private static partial void LogFault(ILogger logger, string route, string exception, string? stack);

    [LoggerMessage(2, LogLevel.Warning, "{Route} broke off: {Exception}")]
    private static partial void LogBroken(ILogger logger, string route, string exception);
}
