using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Simile.Server.Tests;

/// <summary>The server as a process of its own has it.</summary>
public sealed partial class HostTests
{
    [Fact]
    public async Task The_description_names_every_route_and_the_fields_of_its_body()
    {
        await using var host = await SimileServerHost.StartAsync(new SimileServerOptions(), IPAddress.Loopback, 0);
        using var client = new HttpClient { BaseAddress = host.Addresses[0] };
        var paths = (await client.GetFromJsonAsync<JsonElement>("openapi.json")).GetProperty("paths");
        var page = await client.GetStringAsync("/");
        var routes = Route().Matches(page).Select(match => match.Groups[1].Value.Replace("**", string.Empty, StringComparison.Ordinal))
            .ToArray();
        Assert.True(routes.Length > 20);
        Assert.All(routes, route => Assert.True(paths.TryGetProperty(route, out _), route));

        var description = await client.GetStringAsync("openapi.json");
        Assert.DoesNotContain("*/*", description, StringComparison.Ordinal);
        foreach (var field in new[] { "encoding_format", "truncation_direction", "source_sentence", "embedding_types", "top_n" })
        {
            Assert.Contains($"\"{field}\"", description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_readable_page_takes_nothing_from_the_network()
    {
        await using var host = await SimileServerHost.StartAsync(new SimileServerOptions(), IPAddress.Loopback, 0);
        using var client = new HttpClient { BaseAddress = host.Addresses[0] };
        var page = await client.GetStringAsync("docs/");
        Assert.Contains("openapi.json", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.True((await client.GetByteArrayAsync("docs/scalar.js")).Length > 100_000);
    }

    [Fact]
    public async Task Another_host_name_gets_no_description()
    {
        await using var host = await SimileServerHost.StartAsync(new SimileServerOptions(), IPAddress.Loopback, 0);
        using var client = new HttpClient { BaseAddress = host.Addresses[0] };
        using var request = new HttpRequestMessage(HttpMethod.Get, "openapi.json");
        request.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_said()
    {
        await using var host = await SimileServerHost.StartAsync(new SimileServerOptions(), IPAddress.Loopback, 0);
        var error = await Assert.ThrowsAsync<IOException>(
            () => SimileServerHost.StartAsync(new SimileServerOptions(), IPAddress.Loopback, host.Addresses[0].Port));
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("<code>([^<]+)</code>")]
    private static partial Regex Route();
}
