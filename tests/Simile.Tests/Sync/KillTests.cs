using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class KillTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void A_run_killed_in_the_middle_leaves_whole_files_and_the_next_one_goes_on()
    {
        const int Files = 400;
        for (var i = 0; i < Files; i++)
        {
            _workshop.Write($"{i:D3}.txt", $"First sentence of {i}.\n\nSecond sentence of {i}.\n\nThird sentence of {i}.");
        }

        using (var process = KilledRun.Start(_workshop))
        {
            SpinWait.SpinUntil(() => process.HasExited || FilesKept() >= 20);
            process.Kill();
            process.WaitForExit();
        }

        var kept = FilesKept();
        Assert.InRange(kept, 20, Files - 1);
        Assert.Equal("ok", _workshop.Ask("PRAGMA integrity_check"));
        Assert.Equal("0", _workshop.Ask(
            "SELECT count(*) FROM files WHERE (SELECT count(*) FROM items JOIN vectors ON item = items.id WHERE file = files.id) <> 3"));

        var report = _workshop.Index();
        Assert.Equal((Files - kept, kept, 3 * Files), (report.Added, report.Unchanged, report.Passages));
        Assert.Equal(3 * (Files - kept), _workshop.Embedder.Embedded.Count);
        Assert.Contains(_workshop.Search("third sentence of 399", 50), hit => hit.Path == _workshop.In("399.txt") && hit.Line == 5);
    }

    [Fact]
    public async Task A_store_is_whole_whoever_is_killed_while_others_read_it()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("SIMILE_KILLS"), out var count) ? count : 4;
        var random = new Random(1);
        using var stop = new CancellationTokenSource();
        _workshop.Write("0.txt", "First sentence of 0.");
        _workshop.Index();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.NotEmpty(_workshop.Search("first sentence", 50));
            }
        });
        for (var kill = 0; kill < kills; kill++)
        {
            for (var i = 0; i < 60; i++)
            {
                _workshop.Write($"{random.Next(200):D3}.txt", $"First sentence of {kill} and {i}.\n\nSecond sentence of {random.Next(9)}.");
            }

            var before = Sequence();
            using (var process = KilledRun.Start(_workshop))
            {
                SpinWait.SpinUntil(() => process.HasExited || Sequence() > before);
                new ManualResetEventSlim().Wait(random.Next(100), TestContext.Current.CancellationToken);
                process.Kill();
                process.WaitForExit();
            }

            var check = await Corpus.CheckAsync(_workshop.StoreFolder, TestContext.Current.CancellationToken);
            Assert.True(check.HasChecksums);
            Assert.Empty(check.Faults);
        }

        await stop.CancelAsync();
        await reader;
        _workshop.Index();
        Assert.NotEmpty(_workshop.Search("second sentence", 50));
    }

    private long Sequence()
    {
        using var store = Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly);
        return store.Sequence;
    }

    private int FilesKept()
    {
        try
        {
            using var reader = Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly);
            return reader.FileCount;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Not made yet, or being made.
            return 0;
        }
    }
}
