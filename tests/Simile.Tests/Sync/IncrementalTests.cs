using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class IncrementalTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void A_passage_is_found_at_its_place()
    {
        _workshop.Write("birds.txt", "The kettle is on the stove.\n\nPenguins are birds that cannot fly.\n");
        var report = _workshop.Index();
        Assert.Equal(
            (1, 0, 0, 0, 2, 2), (report.Added, report.Updated, report.Unchanged, report.Removed, report.Embedded, report.Passages));
        var hit = _workshop.Search("birds that cannot fly")[0];
        Assert.Equal(
            (_workshop.In("birds.txt"), 3, 29, 64, "Penguins are birds that cannot fly."),
            (hit.Path, hit.Line, hit.Start, hit.End, hit.Text));
        Assert.InRange(hit.Score, 0.5f, 1f);
    }

    [Fact]
    public void Unchanged_files_are_not_embedded_again()
    {
        _workshop.Write("a.txt", "One sentence here.");
        _workshop.Write("b.txt", "Another sentence there.");
        _workshop.Index();
        var embedded = _workshop.Embedder.Embedded.Count;
        var report = _workshop.Index();
        Assert.Equal((0, 0, 2, 0, 0), (report.Added, report.Updated, report.Unchanged, report.Removed, report.Embedded));
        Assert.Equal(embedded, _workshop.Embedder.Embedded.Count);
    }

    [Fact]
    public void Only_the_changed_file_is_embedded_again()
    {
        _workshop.Write("a.txt", "One sentence here.");
        _workshop.Write("b.txt", "Another sentence there.");
        _workshop.Index();
        _workshop.Embedder.Embedded.Clear();
        _workshop.Write("b.txt", "Quite other words now.");
        var report = _workshop.Index();
        Assert.Equal((0, 1, 1, 0), (report.Added, report.Updated, report.Unchanged, report.Removed));
        Assert.Equal(["Quite other words now."], _workshop.Embedder.Embedded);
        Assert.DoesNotContain(_workshop.Search("another sentence there"), hit => hit.Text.Contains("Another", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_that_keeps_size_and_time_of_a_fresh_file_is_seen()
    {
        var path = _workshop.Write("a.txt", "Tea is hot.");
        var now = DateTime.UtcNow;
        File.SetLastWriteTimeUtc(path, now);
        _workshop.Index();
        File.WriteAllText(path, "Ice is old.");
        File.SetLastWriteTimeUtc(path, now);
        Assert.Equal(1, _workshop.Index().Updated);
    }

    [Fact]
    public void A_touched_file_is_not_embedded_again()
    {
        var path = _workshop.Write("a.txt", "One sentence here.");
        _workshop.Index();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-30));
        var report = _workshop.Index();
        Assert.Equal((1, 0), (report.Unchanged, report.Embedded));
    }

    [Fact]
    public void A_renamed_file_keeps_its_vectors()
    {
        var path = _workshop.Write("a.txt", "One sentence here.\n\nAnd another one there.");
        _workshop.Index();
        File.Move(path, _workshop.In("z.txt"));
        var report = _workshop.Index();
        Assert.Equal((1, 1, 0, 2), (report.Added, report.Removed, report.Embedded, report.Passages));
        var hit = _workshop.Search("another one there", 1)[0];
        Assert.Equal((_workshop.In("z.txt"), 3), (hit.Path, hit.Line));
    }

    [Fact]
    public void Files_that_swap_their_contents_are_right_afterwards()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b.txt", "Ice is cold.");
        _workshop.Index();
        _workshop.Write("a.txt", "Ice is cold.");
        _workshop.Write("b.txt", "Tea is hot.");
        Assert.Equal(2, _workshop.Index().Updated);
        Assert.Equal(_workshop.In("b.txt"), _workshop.Search("tea is hot", 1)[0].Path);
        Assert.Equal(_workshop.In("a.txt"), _workshop.Search("ice is cold", 1)[0].Path);
    }

    [Fact]
    public void Vanished_files_go_but_only_below_the_paths_given()
    {
        _workshop.Write("here/a.txt", "Tea is hot.");
        _workshop.Write("here/b.txt", "Ice is cold.");
        _workshop.Write("here.txt", "A neighbor by name.");
        _workshop.Write("there/c.txt", "Snow is white.");
        _workshop.Index();
        File.Delete(_workshop.In("here/a.txt"));
        File.Delete(_workshop.In("here.txt"));
        File.Delete(_workshop.In("there/c.txt"));
        Assert.Equal(1, _workshop.Index(_workshop.In("here")).Removed);
        Assert.Equal(3, _workshop.Search("tea is hot", 9).Count);
        Assert.Equal(2, _workshop.Index().Removed);
        Assert.Single(_workshop.Search("tea is hot", 9));
        Assert.Equal("1", _workshop.Ask("SELECT count(*) FROM vectors"));
    }

    [Fact]
    public void Indexing_stops_when_asked_and_goes_on_the_next_time()
    {
        for (var i = 0; i < 200; i++)
        {
            _workshop.Write($"{i:D3}.txt", $"Sentence number {i}.");
        }

        using var stop = new CancellationTokenSource();
        var calls = 0;
        _workshop.Embedder.BeforeCall = _ => { if (++calls == 2) { stop.Cancel(); } };
        using (var store = Store.Open(_workshop.StoreFolder))
        {
            Assert.ThrowsAny<OperationCanceledException>(() =>
                _workshop.Index(store, new WorkshopModel(_workshop.Embedder), new Simile.Sync.SyncOptions(), [], stop.Token));
            Assert.InRange(store.FileCount, 1, 199);
            Assert.Equal(store.FileCount, store.Count(MediaKind.Text));
        }

        _workshop.Embedder.BeforeCall = null;
        var report = _workshop.Index();
        Assert.Equal(200, report.Passages);
        Assert.InRange(report.Unchanged, 1, 199);
        Assert.Equal(200, _workshop.Embedder.Embedded.Count);
    }

    [Fact]
    public void A_missing_path_is_named_and_nothing_is_changed()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        File.Delete(_workshop.In("a.txt"));
        var e = Assert.Throws<FileNotFoundException>(() => _workshop.Index(_workshop.Files, _workshop.In("nowhere")));
        Assert.Contains("nowhere", e.Message, StringComparison.Ordinal);
        Assert.Single(_workshop.Search("tea"));
    }

    [Fact]
    public void Options_that_cannot_work_are_refused()
    {
        var options = new CorpusOptions { Sync = new SyncOptions { MaxTokens = 7 } };
        Assert.Throws<ArgumentOutOfRangeException>(() => Corpus.OpenTemporary(new WorkshopModel(_workshop.Embedder), options));
    }
}
