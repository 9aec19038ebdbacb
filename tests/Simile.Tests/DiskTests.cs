using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests;

public sealed class DiskTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void A_full_disk_is_a_sentence_and_what_was_committed_stays()
    {
        using var disk = new SmallDisk(1500);
        var folder = Path.Combine(disk.Path, "store");
        for (var i = 0; i < 600; i++)
        {
            _workshop.Write($"{i:D3}.txt", $"Sentence number {i} is of no great importance, but it takes room.");
        }

        _workshop.Embedder = new BagOfWords(dimensions: 1024);
        int kept;
        using (var store = Store.Open(folder))
        {
            var e = Assert.ThrowsAny<IOException>(() => Index(store));
            Assert.Contains("disk", e.Message, StringComparison.Ordinal);
            kept = store.FileCount;
            Assert.InRange(kept, 1, 599);
        }

        disk.Resize(20_000);
        using var again = Store.Open(folder);
        Assert.Equal(kept, again.Count(MediaKind.Text));
        var report = Index(again);
        Assert.Equal((kept, 600), (report.Unchanged, report.Passages));
    }

    [Fact]
    public void A_disk_with_no_room_at_all_is_a_sentence()
    {
        using var disk = new SmallDisk(16);
        var e = Assert.ThrowsAny<IOException>(() => Store.Open(Path.Combine(disk.Path, "store")));
        Assert.Contains("disk", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_on_a_read_only_disk_is_searched_but_not_written()
    {
        using var disk = new SmallDisk(4000);
        var folder = Path.Combine(disk.Path, "store");
        _workshop.Write("a.txt", "Tea is hot.");
        using (var store = Store.Open(folder))
        {
            _workshop.Index(store);
        }

        disk.MakeReadOnly();
        var e = Assert.Throws<UnauthorizedAccessException>(() => Store.Open(folder));
        Assert.Contains("cannot be written", e.Message, StringComparison.Ordinal);
        Assert.Throws<UnauthorizedAccessException>(() => Store.Open(Path.Combine(disk.Path, "other")));
        using var reader = Store.Open(folder, CorpusAccess.ReadOnly);
        Assert.Single(reader.Search(_workshop.Embedder.Embed("tea"), 5));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_a_sentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Permissions do not bind this user.");
        if (!OperatingSystem.IsWindows())
        {
            _workshop.Write("a.txt", "Tea is hot.");
            _workshop.Index();
            File.SetUnixFileMode(_workshop.StoreFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var e = Record.Exception(() => Store.Open(_workshop.StoreFolder));
            var hits = _workshop.Search("tea");
            File.SetUnixFileMode(_workshop.StoreFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Assert.True(e is null or UnauthorizedAccessException);
            Assert.Single(hits);
        }
    }

    private SyncReport Index(Store store) =>
        _workshop.Index(store, new SyncOptions { BatchSize = 16 });
}
