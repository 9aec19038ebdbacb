using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.VectorData;
using Simile.Testing;

namespace Simile.VectorData.Tests;

/// <summary>Several processes on one store.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Variable = "SIMILE_VECTORDATA_FOLDER";

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_second_writing_process_learns_who_writes_and_may_read()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            using var store = new SimileVectorStore(folder);
            var points = store.GetCollection<long, Point>("points", Point.Definition(null));
            Console.Out.WriteLine($"count {await points.CountAsync()}");
            var failure = await Assert.ThrowsAsync<VectorStoreException>(() => points.UpsertAsync(Point.Several(1, 1)));
            Console.Out.WriteLine($"failure {failure.Message}");
            Console.Out.WriteLine($"count {await points.CountAsync()}");
            return;
        }

        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(Point.Several(17, seed: 1));
        var output = Child(_store.Path);
        Assert.Contains("count 17", output, StringComparison.Ordinal);
        Assert.Contains($"failure The process {Environment.ProcessId} (", output, StringComparison.Ordinal);
        Assert.Contains(_store.Path, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_process_sees_what_is_committed_and_nothing_torn()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            await ReadAsync(folder);
            return;
        }

        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(Batch(0));
        var reading = Task.Run(() => Child(_store.Path));
        for (var batch = 1; !reading.IsCompleted; batch++)
        {
            await collection.UpsertAsync(Batch(batch % 30));
            if (batch % 7 == 0)
            {
                await _store.Store.VacuumAsync();
            }
        }

        var output = await reading;
        Assert.Contains("searches 200", output, StringComparison.Ordinal);

        static IEnumerable<Point> Batch(int number) =>
            Enumerable.Range(0, 10).Select(i => new Point { Id = i, Group = number, Text = "x", Vector = Vector(number, i) });
    }

    [Fact]
    public async Task Stores_of_one_process_share_a_folder()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        using var other = new SimileVectorStore(_store.Path);
        using var alone = new SimileCollection<long, Point>(
            _store.Path, "points", new SimileCollectionOptions { Definition = Point.Definition(null) });
        await other.GetCollection<long, Point>("points", Point.Definition(null)).UpsertAsync(Point.Several(3, seed: 1));
        await alone.UpsertAsync(Point.Several(4, seed: 1, first: 10));
        Assert.Equal(7, await collection.CountAsync());
        Assert.Equal(7, await alone.SearchAsync(new float[Point.Dimensions], 10).CountAsync());
    }

    [Fact]
    public async Task A_change_is_on_the_disk_before_it_is_acknowledged()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            using var store = new SimileVectorStore(folder);
            var points = store.GetCollection<long, Point>("points", Point.Definition(null));
            await points.EnsureCollectionExistsAsync();
            for (var i = 0; i < 5; i++)
            {
                await points.UpsertAsync(Point.Several(1, seed: i, first: i));
                await File.WriteAllTextAsync(Path.Combine(folder, $"acknowledged-{i}"), string.Empty);
            }

            return;
        }

        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && File.Exists("/usr/bin/strace"), "strace is not installed.");
        var trace = Path.Combine(_store.Path, "trace");
        var calls = Strace(trace);
        Assert.SkipWhen(calls.Length == 0, "strace may not trace here.");
        var acknowledged = calls.Select((call, at) => (call, at))
            .Where(pair => pair.call.Contains("acknowledged-", StringComparison.Ordinal)).Select(pair => pair.at).ToArray();
        Assert.Equal(5, acknowledged.Length);
        for (var i = 0; i < 5; i++)
        {
            var since = calls[(i == 0 ? 0 : acknowledged[i - 1])..acknowledged[i]];
            Assert.Contains(
                since, call => call.Contains("fdatasync(", StringComparison.Ordinal) || call.Contains("fsync(", StringComparison.Ordinal));
        }
    }

    private string[] Strace(string trace)
    {
        Environment.SetEnvironmentVariable(Variable, _store.Path);
        var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/strace")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])
        [
            "-f", "-e", "trace=fdatasync,fsync,openat", "-o", trace, Environment.ProcessPath!, .. Program(), "-noColor", "-method",
            $"{typeof(ProcessTests).FullName}.{nameof(A_change_is_on_the_disk_before_it_is_acknowledged)}",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        Environment.SetEnvironmentVariable(Variable, null);
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return File.Exists(trace) && process.ExitCode == 0 ? File.ReadAllLines(trace)
            : output.Result.Contains("Failed: 1", StringComparison.Ordinal) ? throw new InvalidOperationException(output.Result)
            : [];
    }

    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ProcessTests).Assembly.Location] : [];

    private static string Child(string folder, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Environment.SetEnvironmentVariable(Variable, folder);
        using var process = OwnProcess.Start("-noColor", "-method", $"{typeof(ProcessTests).FullName}.{method}");
        Environment.SetEnvironmentVariable(Variable, null);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }

    // All records of a batch belong to one change: a search never sees two.
    private static async Task ReadAsync(string folder)
    {
        using var store = new SimileVectorStore(folder);
        var points = store.GetCollection<long, Point>("points", Point.Definition(null));
        var searches = 0;
        for (; searches < 200; searches++)
        {
            var results = await points.SearchAsync(Vector(3, 1), 100).ToListAsync();
            Assert.Equal(10, results.Count);
            var group = Assert.Single(results.Select(result => result.Record.Group).Distinct());
            var scores = Enumerable.Range(0, 10).Select(i => Numerics.VectorMath.Cosine(Vector(3, 1), Vector(group, i))).OrderDescending();
            Assert.All(results.Zip(scores), pair => Assert.Equal(pair.Second, pair.First.Score!.Value, 1e-5));
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"searches {searches}"));
    }

    private static float[] Vector(int batch, int i) => Point.RandomVector(new Random(batch * 100 + i));
}
