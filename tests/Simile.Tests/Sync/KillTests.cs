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
        Assert.Equal("0", _workshop.Ask("SELECT count(*) FROM files WHERE (SELECT count(*) FROM items JOIN vectors ON item = items.id WHERE file = files.id) <> 3"));

        var report = _workshop.Index();
        Assert.Equal((Files - kept, kept, 3 * Files), (report.Added, report.Unchanged, report.Passages));
        Assert.Equal(3 * (Files - kept), _workshop.Embedder.Embedded.Count);
        Assert.Contains(_workshop.Search("third sentence of 399", 50), hit => hit.Path == _workshop.In("399.txt") && hit.Line == 5);
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
