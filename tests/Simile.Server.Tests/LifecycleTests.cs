using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Simile.Testing;

namespace Simile.Server.Tests;

/// <summary>Load, stop and idle time of a server.</summary>
public sealed class LifecycleTests
{
    private const string Path = "/v1/embeddings";
    private static readonly string[] Long = [.. Enumerable.Range(0, 400).Select(i => $"text number {i} of a long request")];

    [Fact]
    public async Task More_than_the_queue_holds_is_429_with_the_time_to_wait()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { MaxBatchTokens = 32, MaxQueuedTokens = 64 });
        await server.PostAsync(Path, new { input = "warm" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 30)
            .Select(_ => server.Client.PostAsync(Path, System.Net.Http.Json.JsonContent.Create(new { input = Long }))));
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.NotEmpty(refused);
        Assert.Equal(30, answers.Count(answer => answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.Contains("rate_limit_exceeded", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await server.PostAsync(Path, new { input = "after" })).Status);
    }

    [Fact]
    public async Task A_stop_answers_what_has_begun()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync(Path, new { input = "warm" });
        var running = server.PostAsync(Path, new { input = Enumerable.Repeat(Long, 5).SelectMany(texts => texts) });
        await Task.Delay(50);
        await server.App.StopAsync();
        Assert.Equal(200, (await running).Status);
    }

    [Fact]
    public async Task A_server_that_stops_is_not_ready_but_lives()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health")).StatusCode);
        server.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_goes_away_takes_its_texts_out_of_the_queue()
    {
        await using var server = await RunningServer.StartAsync(new SimileServerOptions { MaxBatchTokens = 16 });
        await server.PostAsync(Path, new { input = "warm" });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var input = Enumerable.Repeat(Long, 5).SelectMany(texts => texts);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => server.Client.PostAsync(Path, System.Net.Http.Json.JsonContent.Create(new { input }), stop.Token));
        var begin = DateTime.UtcNow;
        while (!(await server.Client.GetStringAsync("/metrics"))
            .Contains("simile_server_queue{model=\"simile/base\"} 0", StringComparison.Ordinal))
        {
            Assert.True(DateTime.UtcNow - begin < TimeSpan.FromSeconds(30));
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task An_idle_model_is_unloaded_and_loaded_again()
    {
        // Servers of other tests are in this process too: none of them has this model.
        var folder = Assets.Require("golden/architectures/st_max");
        await using var server =
            await RunningServer.StartAsync(new SimileServerOptions { Models = [folder], IdleTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(0, await ModelsAsync(server));
        Assert.Equal(200, (await server.PostAsync(Path, new { input = "x" })).Status);
        var begin = DateTime.UtcNow;
        while (await ModelsAsync(server) > 0)
        {
            Assert.True(DateTime.UtcNow - begin < TimeSpan.FromSeconds(30));
            await Task.Delay(50);
        }

        Assert.Equal(200, (await server.PostAsync(Path, new { input = "x" })).Status);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_503_and_tried_again()
    {
        var folder = Assets.NewFolder();
        try
        {
            await using var server = await RunningServer.StartAsync(new SimileServerOptions { Models = [TextEmbedder.BuiltIn, folder] });
            var name = System.IO.Path.GetFileName(folder);
            for (var i = 0; i < 2; i++)
            {
                var (status, json) = await server.PostAsync(Path, new { model = name, input = "x" });
                Assert.Equal(503, status);
                Assert.DoesNotContain(folder, json.GetRawText(), StringComparison.Ordinal);
            }

            Assert.Equal(200, (await server.PostAsync(Path, new { input = "x" })).Status);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> ModelsAsync(RunningServer server)
    {
        var lines = (await server.Client.GetStringAsync("/metrics")).Split('\n');
        var line = Array.Find(lines, line => line.StartsWith("simile_server_models{model=\"st_max\"}", StringComparison.Ordinal));
        return line is null ? 0 : (int)double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
