using Microsoft.Extensions.Logging.Abstractions;
using Simile.Testing;

namespace Simile.Tests;

public sealed class CorpusTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task What_was_synchronized_is_found_by_words_and_gone_when_it_is_removed()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b/c.txt", "Ice is cold.");
        await using var corpus = Open();
        Assert.Empty(await corpus.SearchAsync("tea"));
        Assert.Equal(2, (await corpus.SyncAsync([_workshop.Files])).Added);

        var hit = (await corpus.SearchAsync("tea is hot"))[0];
        Assert.Equal(
            (_workshop.In("a.txt"), "Tea is hot.", 1), (hit.Item.Path, ((PassageItem)hit.Item).Text, ((PassageItem)hit.Item).Line));
        Assert.Equal((2, 2), (await corpus.CountAsync(MediaKind.Text), await corpus.CountFilesAsync()));
        Assert.Equal(1, await corpus.RemoveAsync([_workshop.In("b")]));
        Assert.Equal([_workshop.In("a.txt")], (await corpus.SearchAsync("ice is cold")).Select(found => found.Item.Path));
        Assert.True(File.Exists(_workshop.In("b/c.txt")));
    }

    [Fact]
    public async Task The_items_of_a_file_are_given_in_its_order()
    {
        var path = _workshop.Write("a.txt", "Tea is hot in the morning.\n\nIce is cold in the evening, or so it is said.");
        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);
        var items = await corpus.GetAsync(path);
        Assert.Equal(items.Count, await corpus.CountAsync(MediaKind.Text));
        Assert.Equal(items.Cast<PassageItem>().OrderBy(item => item.Start), items);
        Assert.Empty(await corpus.GetAsync(_workshop.In("none.txt")));
    }

    [Fact]
    public async Task All_files_are_listed_by_path()
    {
        _workshop.Write("b/c.txt", "Ice is cold.");
        _workshop.Write("a.txt", "Tea is hot.");
        await using var corpus = Open();
        Assert.Empty(await corpus.GetFilesAsync());
        await corpus.SyncAsync([_workshop.Files]);
        Assert.Equal([_workshop.In("a.txt"), _workshop.In("b/c.txt")], await corpus.GetFilesAsync());
    }

    [Fact]
    public async Task Kinds_and_folders_filter_before_the_best_are_chosen()
    {
        for (var i = 0; i < 30; i++)
        {
            _workshop.Write($"many/{i:00}.txt", "Tea is hot.");
        }

        _workshop.Write("few/a.txt", "Tea is wet and it is green too, said the bird.");
        _workshop.Write("few/b.png", "ok\u0005");
        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);

        var below = await corpus.SearchAsync(
            "tea is hot", new SearchOptions { Below = [_workshop.In("few")], Kinds = [MediaKind.Text], Top = 5 });
        Assert.Equal([_workshop.In("few/a.txt")], below.Select(hit => hit.Item.Path));
        var pictures = await corpus.SearchAsync("tea", new SearchOptions { Kinds = [MediaKind.Image] });
        Assert.IsType<ImageItem>(Assert.Single(pictures).Item);
        var where = await corpus.SearchAsync(
            "tea", new SearchOptions { Where = path => path.EndsWith("07.txt", StringComparison.Ordinal) });
        Assert.Equal(_workshop.In("many/07.txt"), Assert.Single(where).Item.Path);
    }

    [Fact]
    public async Task A_picture_a_vector_and_a_file_of_the_corpus_are_searched_with()
    {
        var a = _workshop.Write("a.png", "ok\u0005");
        var b = _workshop.Write("b.png", "ok\u0006");
        _workshop.Write("c.wav", "ok\u0005\u0005");
        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);

        Assert.Equal(a, (await corpus.SearchAsync(CorpusQuery.Image(a)))[0].Item.Path);
        Assert.Equal(b, (await corpus.SearchAsync(CorpusQuery.Vector(new FirstBytes().Vector(6), MediaKind.Image)))[0].Item.Path);
        var like = await corpus.SearchAsync(CorpusQuery.Like(a));
        Assert.DoesNotContain(a, like.Select(hit => hit.Item.Path));
        Assert.Equal((_workshop.In("c.wav"), 1f), (like[0].Item.Path, like[0].Cosine));
        await Assert.ThrowsAsync<FileNotFoundException>(() => corpus.SearchAsync(CorpusQuery.Like(_workshop.In("none"))));
        await Assert.ThrowsAsync<ArgumentException>(() => corpus.SearchAsync(CorpusQuery.Vector(new float[3])));
    }

    [Fact]
    public async Task Two_hundred_searches_beside_a_synchronization_see_whole_states_and_share_one_copy_of_the_vectors()
    {
        const int Files = 300;
        for (var i = 0; i < Files; i++)
        {
            _workshop.Write($"{i:000}.txt", $"The bird number {i} is here.");
        }

        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);
        for (var i = 0; i < Files; i += 2)
        {
            _workshop.Write($"{i:000}.txt", $"The penguin number {i} is here.");
        }

        var sync = corpus.SyncAsync([_workshop.Files]);
        var searches = Enumerable.Range(0, 200).Select(async i =>
        {
            var hits = await corpus.SearchAsync("the bird number is here", new SearchOptions { Top = Files });
            Assert.Equal(Files, hits.Count);
            Assert.Equal(Files, hits.Select(hit => hit.Item.Path).Distinct().Count());
            Assert.All(hits, hit => Assert.InRange(hit.Cosine, -1.0001f, 1.0001f));
        });
        await Task.WhenAll(searches);
        Assert.Equal(Files / 2, (await sync).Updated);
        var after = await corpus.SearchAsync("the penguin number is here", new SearchOptions { Top = Files });
        Assert.Equal(Files / 2, after.Count(hit => ((PassageItem)hit.Item).Text.Contains("penguin", StringComparison.Ordinal)));

        // No vector that was ever stored was read twice, whoever searched; what was replaced before the first search was never read.
        Assert.InRange(corpus.VectorsRead, Files, Files + (Files / 2));
    }

    [Fact]
    public async Task A_removal_reads_no_vector_again()
    {
        for (var i = 0; i < 50; i++)
        {
            _workshop.Write($"{i:00}.txt", $"The bird number {i} is here.");
        }

        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);
        await corpus.SearchAsync("bird");
        var read = corpus.VectorsRead;
        Assert.Equal(50, read);
        File.Delete(_workshop.In("07.txt"));
        _workshop.Write("50.txt", "The ostrich is here.");
        await corpus.SyncAsync([_workshop.Files]);
        var hits = await corpus.SearchAsync("the ostrich is here", new SearchOptions { Top = 100 });
        Assert.Equal((50, _workshop.In("50.txt")), (hits.Count, hits[0].Item.Path));
        Assert.Equal(read + 1, corpus.VectorsRead);
    }

    [Fact]
    public async Task Equal_scores_keep_the_order_of_storing_after_removals()
    {
        for (var i = 0; i < 20; i++)
        {
            _workshop.Write($"{i:00}.txt", "Tea is hot.");
        }

        await using var corpus = Open();
        await corpus.SyncAsync([_workshop.Files]);
        await corpus.SearchAsync("tea");
        File.Delete(_workshop.In("00.txt"));
        File.Delete(_workshop.In("01.txt"));
        _workshop.Write("zz.txt", "Tea is hot.");
        await corpus.SyncAsync([_workshop.Files]);
        Assert.Equal(
            ["02.txt", "03.txt"],
            (await corpus.SearchAsync("tea", new SearchOptions { Top = 2 })).Select(hit => Path.GetFileName(hit.Item.Path)));
    }

    [Fact]
    public async Task A_picture_that_changes_while_it_is_embedded_is_stored_as_it_is_afterwards()
    {
        var path = _workshop.Write("a.png", "ok\u0001");
        var images = new FirstBytes();
        images.AfterCall = _ =>
        {
            if (images.Embedded.Count == 1)
            {
                _workshop.Write("a.png", "ok\u0002");
            }
        };
        await using var corpus = Open(images);
        await corpus.SyncAsync([_workshop.Files]);
        Assert.Equal(1, (await corpus.SearchAsync(CorpusQuery.Vector(images.Vector(2), MediaKind.Image)))[0].Cosine);

        // The content that it had before was never stored: a copy of it is embedded, not given the other's vector.
        images.AfterCall = null;
        _workshop.Write("b.png", "ok\u0001");
        Assert.Equal(1, (await corpus.SyncAsync([_workshop.Files])).Embedded);
        Assert.Equal(_workshop.In("b.png"), (await corpus.SearchAsync(CorpusQuery.Vector(images.Vector(1), MediaKind.Image)))[0].Item.Path);
        Assert.Equal(path, (await corpus.SearchAsync(CorpusQuery.Vector(images.Vector(2), MediaKind.Image)))[0].Item.Path);
    }

    [Fact]
    public async Task A_picture_that_never_rests_is_reported_and_what_was_known_stays()
    {
        _workshop.Write("a.png", "ok\u0001");
        var images = new FirstBytes();
        await using var corpus = Open(images);
        await corpus.SyncAsync([_workshop.Files]);
        var next = 2;
        images.AfterCall = _ => _workshop.Write("a.png", $"ok{(char)next++}");
        _workshop.Write("a.png", $"ok{(char)next++}");
        var report = await corpus.SyncAsync([_workshop.Files]);
        Assert.Contains("changes while it is read", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 1), (report.Added, report.Updated, report.Removed, report.Images));
        images.AfterCall = null;
        Assert.Equal(
            (1, 0), ((await corpus.SyncAsync([_workshop.Files])).Updated, (await corpus.SyncAsync([_workshop.Files])).Skipped.Count));
    }

    [Fact]
    public async Task A_temporary_corpus_answers_beside_its_synchronization()
    {
        for (var i = 0; i < 100; i++)
        {
            _workshop.Write($"{i:00}.txt", $"The bird number {i} is here.");
        }

        await using var corpus = Corpus.OpenTemporary(
            Model(new FirstBytes()), new CorpusOptions { Sync = new SyncOptions { BatchSize = 8 } });
        var sync = corpus.SyncAsync([_workshop.Files]);
        var searches = Enumerable.Range(0, 20).Select(_ => corpus.SearchAsync("bird"));
        await Task.WhenAll(searches);
        await sync;
        Assert.Equal(10, (await corpus.SearchAsync("bird")).Count);
    }

    [Fact]
    public async Task Disposing_ends_what_runs_and_later_calls_are_refused()
    {
        for (var i = 0; i < 200; i++)
        {
            _workshop.Write($"{i:00}.txt", $"The bird number {i} is here.");
        }

        var started = new TaskCompletionSource();
        _workshop.Embedder.BeforeCall = _ => started.TrySetResult();
        var corpus = Open();
        var sync = corpus.SyncAsync([_workshop.Files]);
        await started.Task;
        await corpus.DisposeAsync();
        await corpus.DisposeAsync();
        try
        {
            await sync;
        }
        catch (OperationCanceledException)
        {
            // It may also have been done already.
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => corpus.SearchAsync("bird"));
    }

    [Fact]
    public async Task For_reading_only_a_corpus_is_not_changed()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        await using var corpus = Corpus.Open(
            _workshop.StoreFolder,
            new WorkshopModel(_workshop.Embedder),
            new CorpusOptions { Access = CorpusAccess.ReadOnly, LoggerFactory = NullLoggerFactory.Instance });
        Assert.Single(await corpus.SearchAsync("tea"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => corpus.SyncAsync([_workshop.Files]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => corpus.RemoveAsync([_workshop.Files]));
    }

    [Fact]
    public async Task Another_model_is_refused_and_one_that_moved_is_not()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        var other = new WorkshopModel(_workshop.Embedder) { Settings = "weights 2" };
        await using (var corpus = Corpus.Open(_workshop.StoreFolder, new WorkshopModel(_workshop.Embedder) { Settings = "weights 1" }))
        {
            await using var early = Corpus.Open(_workshop.StoreFolder, other, new CorpusOptions { Access = CorpusAccess.ReadOnly });
            await corpus.SyncAsync([_workshop.Files]);
            Assert.Contains(
                "other files or settings",
                (await Assert.ThrowsAsync<InvalidDataException>(() => early.SearchAsync("tea"))).Message,
                StringComparison.Ordinal);
        }

        await using (var moved = Corpus.Open(
            _workshop.StoreFolder, new WorkshopModel(new BagOfWords("elsewhere/bag")) { Settings = "weights 1" }))
        {
            Assert.Single(await moved.SearchAsync("tea"));
            Assert.Equal(1, (await moved.SyncAsync([_workshop.Files])).Unchanged);
        }

        Assert.Contains(
            "other files or settings",
            Assert.Throws<InvalidDataException>(() => Corpus.Open(_workshop.StoreFolder, other)).Message,
            StringComparison.Ordinal);
    }

    private static WorkshopModel Model(FirstBytes images, BagOfWords? texts = null) =>
        new(texts ?? new BagOfWords()) { Images = images, Sounds = new FirstBytes() };

    private Corpus Open(FirstBytes? images = null) =>
        Corpus.Open(_workshop.StoreFolder, Model(images ?? new FirstBytes(), _workshop.Embedder));
}
