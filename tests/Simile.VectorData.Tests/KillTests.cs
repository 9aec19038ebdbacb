using System.Globalization;
using Microsoft.Extensions.VectorData;
using Simile.Testing;

namespace Simile.VectorData.Tests;

/// <summary>
/// A process that writes is killed at random moments: every acknowledged change is there, batches are whole, searches equal a scan.
/// SIMILE_KILLS is the number of kills (500 for the long run).
/// </summary>
public sealed class KillTests : IDisposable
{
    private const string Variable = "SIMILE_VECTORDATA_KILL";
    private const int Batch = 20;

    private readonly TemporaryStore _store = new();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("SIMILE_KILLS"), out var count) ? count : 8;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Acknowledged_changes_survive_kills()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } argument)
        {
            await WriteAsync(argument);
            return;
        }

        var random = new Random(
            Environment.GetEnvironmentVariable("SIMILE_FUZZ_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1);
        var acknowledged = new State();
        for (var kill = 0; kill < Kills; kill++)
        {
            Run(kill, random.Next(5, 1500), acknowledged);
            await VerifyAsync(acknowledged, kill);
        }

        Assert.True(acknowledged.Points.Count > 0, "Nothing was written.");
    }

    // Each change is a line before it begins and a line after it returned.
    private void Run(int kill, int milliseconds, State acknowledged)
    {
        Environment.SetEnvironmentVariable(Variable, $"{_store.Path}|{kill}|{acknowledged.NextBatch}");
        using var process = OwnProcess.Start(
            "-noColor", "-method", $"{typeof(KillTests).FullName}.{nameof(Acknowledged_changes_survive_kills)}");
        Environment.SetEnvironmentVariable(Variable, null);
        var lines = new List<string>();
        using var ready = new ManualResetEventSlim();
        var reading = Task.Run(() =>
        {
            while (process.StandardOutput.ReadLine() is { } line)
            {
                lines.Add(line);
                if (line.EndsWith("ready", StringComparison.Ordinal))
                {
                    ready.Set();
                }
            }

            ready.Set();
        });
        ready.Wait();
        process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
        reading.Wait();
        Assert.True(lines.Exists(line => line.EndsWith("ready", StringComparison.Ordinal)), string.Join('\n', lines));
        acknowledged.Follow(lines);
    }

    private async Task VerifyAsync(State acknowledged, int kill)
    {
        _store.Reopen();
        Assert.Empty(await _store.Store.CheckAsync());
        var collection = _store.Store.GetCollection<long, Point>("points", Point.Definition(IndexKind.Flat));
        var stored = await collection.GetAsync(point => true, int.MaxValue, new() { IncludeVectors = true })
            .ToDictionaryAsync(point => point.Id);

        // The change that was under way is there as a whole, or not at all.
        var expected = acknowledged.Matching(stored.Keys.ToHashSet());
        Assert.True(
            expected is not null, $"Kill {kill}: {stored.Count} records are stored, {acknowledged.Points.Count} were acknowledged.");
        acknowledged.Settle(expected!);
        var query = Point.RandomVector(new Random(kill));
        var nearest = stored.Values.Select(point => Numerics.VectorMath.Cosine(query, point.Vector!.Value.Span)).OrderDescending().Take(5)
            .ToArray();
        var found = await collection.SearchAsync(query, 5).Select(result => (float)result.Score!.Value).ToArrayAsync();
        Assert.Equal(nearest.Length, found.Length);
        Assert.All(nearest.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        var words = await collection.KeywordSearchAsync(["batch"], int.MaxValue).CountAsync();
        Assert.Equal(stored.Count, words);
    }

    private static async Task WriteAsync(string argument)
    {
        var parts = argument.Split('|');
        var (batch, random) =
            (long.Parse(parts[2], CultureInfo.InvariantCulture), new Random(int.Parse(parts[1], CultureInfo.InvariantCulture)));
        using var store = new SimileVectorStore(parts[0]);
        var collection = store.GetCollection<long, Point>("points", Point.Definition(IndexKind.Flat));
        await collection.EnsureCollectionExistsAsync();
        Say("ready");
        for (; ; batch++)
        {
            var points = Enumerable.Range(0, Batch)
                .Select(i => new Point { Id = batch * Batch + i, Text = $"batch {batch}", Vector = Point.RandomVector(random) })
                .ToArray();
            Say($"add {batch}");
            await collection.UpsertAsync(points);
            Say($"added {batch}");
            if (random.Next(3) == 0)
            {
                var old = random.NextInt64(batch + 1);
                Say($"delete {old}");
                await collection.DeleteAsync(Enumerable.Range(0, Batch).Select(i => old * Batch + i));
                Say($"deleted {old}");
            }

            if (random.Next(20) == 0)
            {
                await store.VacuumAsync();
            }
        }

        static void Say(string line)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }

    /// <summary>The batches that were acknowledged, and the one that may or may not have been written.</summary>
    private sealed class State
    {
        private (bool Add, long Batch)? _open;

        public HashSet<long> Points { get; private set; } = [];

        public long NextBatch { get; private set; }

        public void Follow(List<string> lines)
        {
            _open = null;
            foreach (var words in lines.Select(line => line.Split(' ')).Where(words => words.Length == 2 && long.TryParse(words[1], out _)))
            {
                var batch = long.Parse(words[1], CultureInfo.InvariantCulture);
                NextBatch = Math.Max(NextBatch, batch + 1);
                switch (words[0])
                {
                    case "add" or "delete":
                        _open = (words[0] == "add", batch);
                        break;
                    case "added" or "deleted":
                        Points = With(Points, (words[0] == "added", batch));
                        _open = null;
                        break;
                }
            }
        }

        public HashSet<long>? Matching(HashSet<long> stored) =>
            stored.SetEquals(Points) ? Points
            : _open is { } open && With(Points, open) is var changed && stored.SetEquals(changed) ? changed
            : null;

        public void Settle(HashSet<long> points) => Points = points;

        private static HashSet<long> With(HashSet<long> points, (bool Add, long Batch) change)
        {
            var result = points.ToHashSet();
            for (var i = 0; i < Batch; i++)
            {
                _ = change.Add ? result.Add(change.Batch * Batch + i) : result.Remove(change.Batch * Batch + i);
            }

            return result;
        }
    }
}
