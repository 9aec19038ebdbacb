using Simile.Models;
using Simile.Storage;
using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class MediaTests : IDisposable
{
    private readonly Workshop _workshop = new();
    private readonly FirstBytes _images = new();
    private readonly FirstBytes _sounds = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void Texts_pictures_and_sounds_are_found_in_one_list_with_their_kinds_and_times()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b.png", "ok\u0005");
        _workshop.Write("c.wav", "ok\u0006\u0005");
        var report = Index();
        Assert.Equal((3, 4, 1, 1, 2), (report.Added, report.Embedded, report.Passages, report.Images, report.Sounds));

        var hits = Search(
            new StoreQuery(MediaKind.Image, _images.Vector(5)),
            new StoreQuery(MediaKind.Sound, _sounds.Vector(5)) { Comparable = score => score / 2 });
        Assert.Equal(
            [(MediaKind.Image, "b.png", 1f), (MediaKind.Sound, "c.wav", 0.5f), (MediaKind.Sound, "c.wav", 0f)],
            hits.Select(hit => (hit.Kind, Path.GetFileName(hit.Path), hit.Score)));
        Assert.Equal((10, 20, 1f), (hits[1].From.TotalSeconds, hits[1].To.TotalSeconds, hits[1].Cosine));
        Assert.Equal(
            (MediaKind.Text, "Tea is hot.", 1),
            Search(new StoreQuery(MediaKind.Text, _workshop.Embedder.Embed("tea"))).Select(hit => (hit.Kind, hit.Text, hit.Line)).Single());
    }

    [Fact]
    public void Only_what_changed_is_embedded_again()
    {
        _workshop.Write("a.png", "ok\u0001");
        _workshop.Write("b.png", "ok\u0002");
        Index();
        _images.Embedded.Clear();
        Assert.Equal((0, 2), (Index().Embedded, Index().Unchanged));
        _workshop.Write("b.png", "ok\u0003");
        File.Delete(_workshop.In("a.png"));
        var report = Index();
        Assert.Equal((1, 1, 1), (report.Updated, report.Removed, report.Images));
        Assert.Equal(["b.png"], _images.Embedded);
    }

    [Fact]
    public void A_file_that_only_looks_newer_is_not_embedded_again()
    {
        var path = _workshop.Write("a.png", "ok\u0001");
        Index();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-5));
        Assert.Equal((0, 1), (Index().Embedded, _images.Embedded.Count));
    }

    [Fact]
    public void A_copy_of_a_file_gets_its_vectors_without_being_embedded()
    {
        _workshop.Write("a.wav", "ok\u0001\u0002");
        Index();
        _workshop.Write("b.wav", "ok\u0001\u0002");
        var report = Index();
        Assert.Equal((1, 0, 4), (report.Added, report.Embedded, report.Sounds));
        Assert.Equal(["a.wav"], _sounds.Embedded);
    }

    [Fact]
    public void Broken_files_are_refused_one_by_one_and_the_rest_is_done()
    {
        for (var i = 0; i < 30; i++)
        {
            _workshop.Write($"{i:00}.jpg", i % 7 == 3 ? "broken" : $"ok{(char)i}");
        }

        _workshop.Write("empty.jpg", "");
        var report = Index();
        Assert.Equal((26, 26), (report.Added, report.Images));
        Assert.Equal(
            ["03.jpg", "10.jpg", "17.jpg", "24.jpg", "empty.jpg"],
            report.Skipped.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal));
        Assert.Equal(26, Index().Unchanged);
    }

    [Fact]
    public void A_picture_that_broke_is_no_longer_found()
    {
        _workshop.Write("a.png", "ok\u0001");
        Index();
        _workshop.Write("a.png", "broken");
        var report = Index();
        Assert.Equal((1, 1, 0), (report.Skipped.Count, report.Removed, report.Images));
    }

    [Fact]
    public void Another_recipe_embeds_sounds_anew()
    {
        _workshop.Write("a.wav", "ok\u0001");
        Index();
        var other = new FirstBytes { Recipe = "other" };
        Assert.Equal((1, 1), (_workshop.IndexMedia(_images, other).Updated, other.Embedded.Count));
    }

    [Fact]
    public void Files_of_a_kind_that_the_model_does_not_know_are_reported()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b.png", "ok\u0001");
        var report = _workshop.Index();
        Assert.Equal((1, "b.png"), (report.Added, Path.GetFileName(report.Skipped.Single().Path)));
        Assert.Contains("picture", report.Skipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_was_committed_and_the_next_goes_on()
    {
        using var stop = new CancellationTokenSource();
        for (var i = 0; i < 60; i++)
        {
            _workshop.Write($"{i:00}.jpg", $"ok{(char)i}");
        }

        _images.BeforeCall = _ =>
        {
            if (_images.Embedded.Count > 20)
            {
                stop.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => _workshop.IndexMedia(_images, _sounds, stop.Token));
        var done = _images.Embedded.Count;
        _images.BeforeCall = null;
        var report = Index();
        Assert.Equal((60, 60), (report.Images, done + report.Embedded));
        Assert.InRange(report.Unchanged, 1, 59);
    }

    private SyncReport Index() => _workshop.IndexMedia(_images, _sounds);

    private IReadOnlyList<Found> Search(params StoreQuery[] queries)
    {
        using var store = Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly);
        return Found.Of(store.Search(queries, 5));
    }
}
