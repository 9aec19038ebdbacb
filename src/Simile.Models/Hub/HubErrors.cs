using System.Net;

namespace Simile.Models;

/// <summary>Turns a failed request into an exception whose message says what to do.</summary>
internal static class HubErrors
{
    /// <summary>The exception for a response that is not a success.</summary>
    public static HubException Of(HttpResponseMessage response, HubName? name, HubOptions options)
    {
        var status = (int)response.StatusCode;
        var code = Header(response, "X-Error-Code") ?? string.Empty;
        var host = options.Endpoint.Host;
        return (code, status) switch
        {
            ("GatedRepo", _) => Gated(name, options),
            ("RepoNotFound", _) => NoRepository(name, options),
            ("RevisionNotFound", _) =>
                new HubException(
                    HubFailure.NoRevision,
                    $"{name?.Repository} has no branch, tag or commit \"{name?.Branch}\": "
                    + $"remove the part after the @, or see the list at {Page(name, options)}/tree/main."),
            ("EntryNotFound", _) =>
                new HubException(HubFailure.NoFile, $"{name} lacks a file that it lists: try again, or look at {Page(name, options)}."),
            ("DisabledRepo", _) => new HubException(HubFailure.Refused, $"{host} has disabled {name}: take another model."),
            (_, 401) when IsWrongToken(response) =>
                new HubException(
                    HubFailure.Refused,
                    $"{host} does not accept the access token: set HF_TOKEN to a valid one, or run \"hf auth login\" again; "
                    + "without a token public models can be pulled."),
            (_, 401 or 404) => NoRepository(name, options),
            (_, 403) =>
                new HubException(
                    HubFailure.Refused,
                    $"{host} refuses {name?.ToString() ?? "the request"}: the access token may lack the right to read it."),
            (_, 429) => Busy(response, $"{host} asks for a pause, because too many requests came from here"),
            (_, 408 or >= 500) => Busy(response, $"{host} answers with {status} ({Word(response.StatusCode)})"),
            _ =>
                new HubException(
                    HubFailure.Busy,
                    $"{host} answers with {status} ({Word(response.StatusCode)}), which Simile does not expect: "
                    + "check whether HF_ENDPOINT is the address of a hub."),
        };
    }

    /// <summary>The request timed out.</summary>
    public static HubException Late(Uri address, TimeSpan limit, Exception e) =>
        new(
            HubFailure.Unreachable,
            $"{address.Host} did not answer within {limit.TotalSeconds:0.#} seconds: "
            + "check the network, or set HF_HUB_DOWNLOAD_TIMEOUT to more seconds.",
            e)
        {
            IsTransient = true,
        };

    /// <summary>The connection failed or broke.</summary>
    public static HubException Unreachable(Uri address, Exception e) =>
        new(
            HubFailure.Unreachable,
            $"{address.Host} cannot be reached ({Quoted.Of(e.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.'))}): "
            + "check the network, HTTPS_PROXY if there is a proxy, HF_ENDPOINT for a mirror; models in the cache work without a network.",
            e)
        {
            IsTransient = (e as HttpRequestException)?.HttpRequestError
                is not (HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError),
        };

    private static HubException Gated(HubName? name, HubOptions options) => new(
        HubFailure.Gated,
        options.Token is null
            ? $"{name} is gated: its owner gives it to those who accept its terms. Sign in at {Page(name, options)} and accept them, "
                + $"make a token at {options.Endpoint.AbsoluteUri}settings/tokens, and set HF_TOKEN to it (or run \"hf auth login\")."
            : $"{name} is gated, and the account of the access token has no access yet: open {Page(name, options)} with that account, "
                + "accept the terms, wait until the owner agrees, and pull again.");

    private static HubException NoRepository(HubName? name, HubOptions options) => new(
        HubFailure.NoRepository,
        $"{options.Endpoint.Host} has no model {name?.Repository}, or it is private: check the spelling (\"simile models search WORDS\" "
        + $"finds names){(options.Token is null ? ", and for a private one set HF_TOKEN" : string.Empty)}.");

    private static HubException Busy(HttpResponseMessage response, string what)
    {
        var pause = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - DateTimeOffset.UtcNow) : null;
        return new HubException(
            HubFailure.Busy,
            $"{what}: try again {(pause is { TotalSeconds: > 0 } wait ? $"in {Math.Ceiling(wait.TotalSeconds):0} seconds" : "later")}; "
            + "what has arrived is kept.")
        {
            IsTransient = true,
            RetryAfter = pause,
        };
    }

    private static bool IsWrongToken(HttpResponseMessage response) =>
        Header(response, "X-Error-Message")?.StartsWith("Invalid credentials", StringComparison.OrdinalIgnoreCase) == true;

    private static string Page(HubName? name, HubOptions options) => $"{options.Endpoint.AbsoluteUri}{name?.Repository}";

    private static string Word(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "no known status";

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
