using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Server;

/// <summary>
/// Ten times as many requests as the server can answer, for a time: what is refused, how long the others wait, how memory grows.
/// </summary>
internal static class Overload
{
    private const int InRequest = 16;
    private const int Windows = 6;

    public static async Task RunAsync(string assets, string model, TimeSpan time)
    {
        var texts = Throughput.TextSets.Mixed(assets);
        using var server = new Child("server", model, "20000");
        using var client = new HttpClient { BaseAddress = new Uri(server.First), Timeout = TimeSpan.FromMinutes(10) };
        await Client.SendAllAsync(client, texts, InRequest, 2);
        var begin = Stopwatch.GetTimestamp();
        await Client.SendAllAsync(client, texts, InRequest, 8);
        var capacity = texts.Length / (double)InRequest / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"capacity: {capacity:0.0} requests of {InRequest} texts a second; offered: {capacity * 10:0.0}"));
        Console.WriteLine(
            "| seconds | answered | 429 | other | p50 of the answered, ms | p99 | memory, MB |\n|---|---|---|---|---|---|---|");
        for (var window = 0; window < Windows; window++)
        {
            await PrintAsync(client, server, texts, capacity * 10, time / Windows, window);
        }
    }

    private static async Task PrintAsync(HttpClient client, Child server, string[] texts, double rate, TimeSpan time, int window)
    {
        var outcomes = new ConcurrentBag<(HttpStatusCode Status, double Milliseconds)>();
        var requests = new List<Task>();
        var begin = Stopwatch.GetTimestamp();
        for (var sent = 0; Stopwatch.GetElapsedTime(begin) < time; sent++)
        {
            var due = TimeSpan.FromSeconds(sent / rate) - Stopwatch.GetElapsedTime(begin);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var start = sent * InRequest % (texts.Length - InRequest);
            requests.Add(SendAsync(client, texts[start..(start + InRequest)], outcomes));
        }

        await Task.WhenAll(requests);
        double[] answered = [.. outcomes.Where(outcome => outcome.Status == HttpStatusCode.OK).Select(outcome => outcome.Milliseconds)
            .Order()];
        var refused = outcomes.Count(outcome => outcome.Status == HttpStatusCode.TooManyRequests);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(window + 1) * time.TotalSeconds:0} | {answered.Length} | {refused} | {outcomes.Count - answered.Length - refused} "
            + $"| {answered[answered.Length / 2]:0} | {answered[answered.Length * 99 / 100]:0} | {server.Memory:0} |"));
    }

    private static async Task SendAsync(HttpClient client, string[] input, ConcurrentBag<(HttpStatusCode, double)> outcomes)
    {
        var begin = Stopwatch.GetTimestamp();
        var status = await Client.SendAsync(client, input);
        outcomes.Add((status, Stopwatch.GetElapsedTime(begin).TotalMilliseconds));
    }
}
