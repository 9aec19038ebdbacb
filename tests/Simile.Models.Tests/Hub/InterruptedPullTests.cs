using System.Diagnostics;
using System.Security.Cryptography;
using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>Pulls that are interrupted at any moment: 25 here, 1,000 with SIMILE_FUZZ=40.</summary>
public sealed class InterruptedPullTests : IDisposable
{
    private const int Interruptions = 25;
    private const int Kills = 5;
    private const string EndpointVariable = "SIMILE_TEST_HUB";
    private const string CacheVariable = "SIMILE_TEST_HUB_CACHE";
    private readonly string _cache = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task A_stopped_pull_leaves_no_half_snapshot_and_the_next_one_goes_on()
    {
        using var server = PullTests.SmallModel();
        foreach (var seed in Effort.Rounds(Interruptions))
        {
            var random = new Random(seed);
            server.Change = (request, reply) => Spoil(request, reply, random.Next(12), random.Next(1, 300_000));
            using var stop = new CancellationTokenSource();
            stop.CancelAfter(TimeSpan.FromMilliseconds(random.Next(60)));
            try
            {
                using var hub = new HubClient(server.Options(_cache) with
                {
                    Attempts = 1 + random.Next(3),
                    Timeout = TimeSpan.FromMilliseconds(200),
                    Parallel = 1 + random.Next(8),
                });
                await hub.PullAsync("some/model", cancellationToken: stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or HubException)
            {
                // As it should be.
            }

            await FinishNowAndThenAsync(server, seed);
        }
    }

    [Fact]
    public async Task A_killed_pull_leaves_no_half_snapshot_and_the_next_one_goes_on()
    {
        using var server = PullTests.SmallModel();
        foreach (var seed in Effort.Rounds(Kills))
        {
            var random = new Random(seed);
            var came = new SemaphoreSlim(0); // not disposed: a late request may still release it
            server.Change = (request, reply) =>
            {
                came.Release();
                return reply with { Slowness = 5 };
            };
            using (var process = Start(server))
            {
                var ended = process.WaitForExitAsync();
                for (var requests = random.Next(1, 8); requests > 0 && !ended.IsCompleted; requests--)
                {
                    await Task.WhenAny(came.WaitAsync(TimeSpan.FromSeconds(20)), ended);
                }

                await Task.Delay(random.Next(40));
                process.Kill();
                await ended;
            }

            server.Change = (_, reply) => reply;
            await FinishNowAndThenAsync(server, seed);
        }
    }

    /// <summary>The other process of the test above; without one it does nothing.</summary>
    [Fact]
    public async Task Pull_for_another_process()
    {
        if (Environment.GetEnvironmentVariable(EndpointVariable) is { } endpoint)
        {
            using var hub = new HubClient(new HubOptions
            {
                Endpoint = new Uri(endpoint),
                Cache = Environment.GetEnvironmentVariable(CacheVariable)!,
                Offline = false,
            });
            await hub.PullAsync("some/model");
        }
    }

    [Fact]
    public async Task Two_pulls_at_once_bring_each_file_once()
    {
        using var server = PullTests.SmallModel();
        server.Change = (_, reply) => reply with { Slowness = 2 };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var hub = new HubClient(server.Options(_cache));
            await hub.PullAsync("some/model");
        }));
        Assert.Single(server.Requests, request => request.IsOfStorage);
        AssertWhole(server);
    }

    [Fact]
    public async Task A_lock_of_another_process_is_waited_for()
    {
        using var server = PullTests.SmallModel();
        var path = Path.Combine(_cache, ".locks", "models--some--model", server.Etag("model.safetensors") + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var waits = new TaskCompletionSource();
        Task<HubSnapshot> pull;
        using var hub = new HubClient(server.Options(_cache));
        using (new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            pull = hub.PullAsync("some/model", progress: new Waiting(waits));
            await waits.Task.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.DoesNotContain(server.Requests, request => request.IsOfStorage);
        }

        await pull;
        AssertWhole(server);
    }

    private static HubReply? Spoil(HubRequest request, HubReply reply, int how, int place) => how switch
    {
        0 => null,
        1 => new HubReply(503, []),
        2 => reply with { Sent = Math.Min(place, reply.Body.Length), Stalls = true },
        3 when reply.Body.Length > 0 => reply with { Body = [.. reply.Body[..^1], (byte)(reply.Body[^1] ^ 1)] },
        4 when request.IsOfStorage => reply with { ToldLength = place },
        < 9 => reply with { Sent = Math.Min(place, reply.Body.Length) },
        _ => reply with { Slowness = 1 },
    };

    // After some interruptions a good network, so that every state in between is gone on from; after others nothing, so that they add up.
    private async Task FinishNowAndThenAsync(HubServer server, int seed)
    {
        AssertNoHalf(server);
        if (seed % 4 == 3)
        {
            server.Change = (_, reply) => reply;
            using var hub = new HubClient(server.Options(_cache));
            await hub.PullAsync("some/model");
            AssertWhole(server);
            Directory.Delete(Path.Combine(_cache, "models--some--model"), recursive: true);
        }
    }

    private void AssertNoHalf(HubServer server)
    {
        if (Directory.Exists(Path.Combine(_cache, "models--some--model", "snapshots"))
            && Directory.EnumerateDirectories(Path.Combine(_cache, "models--some--model", "snapshots")).Any())
        {
            AssertWhole(server);
        }
    }

    private void AssertWhole(HubServer server)
    {
        var repository = Path.Combine(_cache, "models--some--model");
        foreach (var path in new[] { "config.json", "modules.json", "1_Pooling/config.json", "tokenizer.json", "model.safetensors" })
        {
            Assert.Equal(server.Content(path), File.ReadAllBytes(Path.Combine(repository, "snapshots", HubServer.Commit, path)));
        }

        foreach (var blob in Directory.EnumerateFiles(Path.Combine(repository, "blobs"))
            .Where(blob => !blob.EndsWith(".incomplete", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(blob);
            Assert.Equal(
                Path.GetFileName(blob),
                Path.GetFileName(blob).Length == 64 ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : HubServer.GitHash(bytes));
        }
    }

    private Process Start(HubServer server)
    {
        Environment.SetEnvironmentVariable(EndpointVariable, server.Endpoint.AbsoluteUri);
        Environment.SetEnvironmentVariable(CacheVariable, _cache);
        try
        {
            return OwnProcess.Start("-noColor", "-method", $"{typeof(InterruptedPullTests).FullName}.{nameof(Pull_for_another_process)}");
        }
        finally
        {
            Environment.SetEnvironmentVariable(EndpointVariable, null);
            Environment.SetEnvironmentVariable(CacheVariable, null);
        }
    }

    private sealed class Waiting(TaskCompletionSource waits) : IProgress<HubProgress>
    {
        public void Report(HubProgress value)
        {
            if (value.WaitsForOther)
            {
                waits.TrySetResult();
            }
        }
    }
}
