using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;

namespace Simile.Server.Tests;

public sealed class GuardTests
{
    private const string Path = "/v1/embeddings";

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Basic secret-1", 401)]
    [InlineData("Bearer secret-1", 200)]
    [InlineData("bearer secret-2", 200)]
    public async Task Requests_need_one_of_the_keys(string? header, int expected)
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { ApiKeys = ["secret-1", "secret-2"] });
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { input = "x" }) };
        request.Headers.Authorization = header is null ? null : AuthenticationHeaderValue.Parse(header);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal(expected == 401, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { ApiKeys = ["secret"] });
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.GetAsync("/v1/models")).StatusCode);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    public async Task Another_host_name_is_refused_on_loopback(string host, int expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Host = host;
        Assert.Equal(expected, (int)(await server.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_host_name_can_be_allowed()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { Hosts = ["simile.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Host = "simile.example";
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(request)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.GetAsync("/v1/models")).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("http://localhost:1", 403)]
    [InlineData("null", 403)]
    public async Task Pages_of_other_origins_are_refused_and_get_no_CORS_headers(string origin, int expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { input = "x" }) };
        request.Headers.Add("Origin", origin);
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_page_of_the_server_itself_may_use_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { input = "x" }) };
        request.Headers.Add("Origin", server.Address.ToString().TrimEnd('/'));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { MaxBodyBytes = 10_000 });
        var body = $$"""{"input":"{{new string('a', 50_000)}}"}""";
        Assert.Equal(413, (await server.PostTextAsync(Path, body)).Status);

        using var request =
            new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        using var response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Too_many_inputs_are_refused()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { MaxInputs = 3 });
        Assert.Equal(400, (await server.PostAsync(Path, new { input = new[] { "a", "b", "c", "d" } })).Status);
        Assert.Equal(200, (await server.PostAsync(Path, new { input = new[] { "a", "b", "c" } })).Status);
    }

    [Fact]
    public async Task A_client_that_sends_byte_by_byte_is_cut_off_while_others_are_served()
    {
        await using var server = await RunningServer.StartAsync(configure: builder =>
            Microsoft.AspNetCore.Hosting.WebHostBuilderKestrelExtensions.ConfigureKestrel(builder.WebHost, kestrel =>
            {
                kestrel.Limits.MinRequestBodyDataRate = new Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate(
                    1000, TimeSpan.FromSeconds(1.1));
            }));
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{"));

        Assert.Equal(200, (await server.PostAsync(Path, new { input = "x" })).Status);

        using var reader = new StreamReader(stream);
        Assert.Contains(" 408 ", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), StringComparison.Ordinal);
    }
}
