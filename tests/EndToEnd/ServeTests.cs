using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EndToEnd;

public sealed partial class ServeTests : IDisposable
{
    private readonly Tool _tool = new();

    [Fact]
    public async Task A_server_answers_until_a_signal_ends_it_in_order()
    {
        using var process = _tool.Start("serve", "--port", "0");
        using var client = new HttpClient { BaseAddress = await AddressAsync(process) };
        using var answer = await client.PostAsJsonAsync("/v1/embeddings", new { input = "a cat" });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("simile/base", json.GetProperty("model").GetString());
        Assert.Contains("/v1/embeddings", await client.GetStringAsync("/"), StringComparison.Ordinal);

        Tool.Signal(process, "TERM");
        Assert.Equal(0, Tool.End(process));
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_second_server_on_a_port_is_told_so()
    {
        using var process = _tool.Start("serve", "--port", "0");
        var address = await AddressAsync(process);
        _tool.Run("serve", "--port", $"{address.Port}").FailsWith(1, "in use", "another port");
        process.Kill(entireProcessTree: true);
    }

    [Fact]
    public void A_server_for_other_machines_needs_a_key() =>
        _tool.Run("serve", "--listen", "0.0.0.0", "--port", "0").FailsWith(1, "API key", "SIMILE_API_KEY");

    [Fact]
    public void A_missing_model_is_said_at_the_start() =>
        _tool.Run("serve", "--model", "./nothing", "--port", "0").FailsWith(1, "./nothing");

    [Fact]
    public void A_port_and_an_address_have_a_form()
    {
        _tool.Run("serve", "--port", "70000").FailsWith(2, "--port", "70000");
        _tool.Run("serve", "--listen", "here").FailsWith(2, "--listen", "'here'");
    }

    public void Dispose() => _tool.Dispose();

    private static async Task<Uri> AddressAsync(Process process)
    {
        var line = await process.StandardError.ReadLineAsync();
        Assert.NotNull(line);
        return new Uri(Address().Match(line).Value);
    }

    [GeneratedRegex(@"http://\S+\d")]
    private static partial Regex Address();
}
