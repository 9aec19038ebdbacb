using System.Net;
using System.Net.Http.Headers;

namespace Simile.Models;

/// <summary>Requests to a hub: redirects, the token, time limits, and what failures mean.</summary>
/// <remarks>
/// Thread-safe. Owns the connections, so dispose it. Redirects are followed here, because the token must not be sent to another host, and
/// the hub's storage is on another host. Proxies are those of .NET: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.
/// </remarks>
internal sealed class HubRequests : IDisposable
{
    private const int MostRedirects = 20;
    private readonly HttpClient _http;
    private readonly HubOptions _options;

    public HubRequests(HubOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Timeout,
            AutomaticDecompression = DecompressionMethods.None,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("simile", typeof(HubRequests).Assembly.GetName().Version?.ToString(3) ?? "0"));
        // lengths and ranges are of the file itself
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>An address below the hub's own.</summary>
    public Uri Address(string path) => new($"{_options.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>Where a file of a commit is.</summary>
    public Uri Address(HubName name, string commit, string file) =>
        Address($"{name.Repository}/resolve/{commit}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}");

    /// <summary>Requests content. Throws for every status except success and 416 (range not satisfiable).</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">The model, for messages.</param>
    /// <param name="from">Offset of the first byte.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="HubException">The hub refuses, fails or does not answer.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, HubName? name, long from, CancellationToken cancellationToken)
    {
        var response = await FollowAsync(HttpMethod.Get, address, from, _ => true, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            ? response
            : throw Refused(response, name);
    }

    /// <summary>Length and etag of a file as the hub gives them, from the redirect to its storage.</summary>
    /// <exception cref="HubException">The hub refuses, fails or does not answer.</exception>
    public async Task<RepositoryFile> HeadAsync(RepositoryFile file, Uri address, HubName name, CancellationToken cancellationToken)
    {
        using var response = await FollowAsync(HttpMethod.Head, address, 0, IsOwn, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode && !IsRedirect(response))
        {
            throw Refused(response, name);
        }

        var etag = (Header(response, "X-Linked-Etag") ?? response.Headers.ETag?.Tag ?? Header(response, "ETag"))?.Replace(
            "W/", string.Empty, StringComparison.Ordinal)
            .Trim('"');
        var length = long.TryParse(Header(response, "X-Linked-Size"), out var bytes) ? bytes
            : IsRedirect(response) ? null
            : response.Content.Headers.ContentLength;
        return etag is { Length: > 0 and <= 128 } && etag.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? file with { Etag = etag, Bytes = length }
            : throw new HubException(
                HubFailure.Damaged,
                $"{address.Host} gives no etag for {file.Path} of {name}, which the cache needs: "
                + "check whether HF_ENDPOINT is the address of a hub.");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> FollowAsync(
        HttpMethod method, Uri address, long from, Func<Uri, bool> follows, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            var response = await SendAsync(method, address, from, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response) || new Uri(address, response.Headers.Location!) is var next && !follows(next))
            {
                return response;
            }

            response.Dispose();
            address = next.Scheme is "http" or "https" && (address.Scheme == "http" || next.Scheme == "https") ? next
                : throw new HubException(
                    HubFailure.Damaged,
                    $"{address.Host} redirects to {next.Scheme}://{next.Host}, which is less secure: nothing was sent there.");
        }

        throw new HubException(
            HubFailure.Damaged, $"{address.Host} redirects too many times: try again later, or set HF_ENDPOINT to another hub.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, long from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = _options.Token is { } token && IsOwn(address)
            ? new AuthenticationHeaderValue("Bearer", token)
            : null;
        request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw HubErrors.Late(address, _options.Timeout, e);
        }
        catch (HttpRequestException e)
        {
            throw HubErrors.Unreachable(address, e);
        }
        catch (FormatException e)
        {
            throw new HubException(
                HubFailure.Refused, "The access token contains invalid characters: copy it again from the hub's page of tokens.", e);
        }
    }

    private HubException Refused(HttpResponseMessage response, HubName? name)
    {
        using (response)
        {
            return HubErrors.Of(response, name, _options);
        }
    }

    private bool IsOwn(Uri address) =>
        Uri.Compare(address, _options.Endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase)
        == 0;

    private static bool IsRedirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
