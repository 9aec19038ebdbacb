using Simile.Models;
using Simile.Storage;
using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests.Sync;

public sealed class LargeTextTests : IDisposable
{
    private const int Paragraphs = 30_000;

    private readonly Workshop _workshop = new();

    public LargeTextTests() =>
        _workshop.Write(
            "large.txt",
            string.Join("\n\n", Enumerable.Range(0, Paragraphs).Select(i => $"The bird number {i} is in the tea and in the water.")));

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void A_run_that_is_stopped_within_a_file_keeps_what_is_done_and_the_next_goes_on()
    {
        var calls = 0;
        using var stop = new CancellationTokenSource();
        _workshop.Embedder.BeforeCall = _ =>
        {
            if (++calls == 8)
            {
                stop.Cancel();
            }
        };
        using (var store = Store.Open(_workshop.StoreFolder))
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => _workshop.Index(store, new WorkshopModel(_workshop.Embedder), new SyncOptions(), [], stop.Token));
            Assert.InRange(store.Count(MediaKind.Text), 1, Paragraphs - 1);
        }

        _workshop.Embedder.BeforeCall = null;
        var report = _workshop.Index();
        Assert.Equal(Paragraphs, report.Passages);
        Assert.Equal(Paragraphs, _workshop.Embedder.Embedded.Count);
        Assert.Equal(Paragraphs, _workshop.Embedder.Embedded.Distinct().Count());
        Assert.Equal((1, 0), (_workshop.Index().Unchanged, _workshop.Index().Embedded));
        Assert.Equal($"{Paragraphs}", _workshop.Ask("SELECT count(DISTINCT position) FROM items"));
    }

    [Fact]
    public void A_stopped_run_goes_on_behind_passages_without_a_known_word()
    {
        _workshop.Embedder = new BagOfWords { Unknown = "nothing" };
        var paragraphs = Enumerable.Range(0, Paragraphs)
            .Select(i => i % 3 == 1
                ? string.Concat(Enumerable.Repeat("nothing ", 60))
                : $"The bird number {i} is in the tea and in the water, and {i} more.");
        _workshop.Write("large.txt", string.Join("\n\n", paragraphs));
        using var stop = new CancellationTokenSource();
        var calls = 0;
        _workshop.Embedder.BeforeCall = _ => (++calls == 8 ? stop : new CancellationTokenSource()).Cancel();
        using (var store = Store.Open(_workshop.StoreFolder))
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => _workshop.Index(store, new WorkshopModel(_workshop.Embedder), new SyncOptions(), [], stop.Token));
            Assert.InRange(store.Count(MediaKind.Text), 1, Paragraphs - 1);
        }

        _workshop.Embedder.BeforeCall = null;
        var report = _workshop.Index();
        using var fresh = Store.OpenTemporary();
        var whole = _workshop.Index(fresh);
        Assert.Equal(whole.Passages, report.Passages);
        Assert.InRange(report.UnknownPassages, 1, whole.UnknownPassages);
        Assert.Contains("no known word", Assert.Single(report.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(1, report.Added + report.Updated);
    }

    [Fact]
    public void A_part_of_an_older_content_is_not_gone_on_with()
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        _workshop.Embedder.BeforeCall = _ => (++calls == 4 ? stop : new CancellationTokenSource()).Cancel();
        using (var store = Store.Open(_workshop.StoreFolder))
        {
            Assert.ThrowsAny<OperationCanceledException>(
                () => _workshop.Index(store, new WorkshopModel(_workshop.Embedder), new SyncOptions(), [], stop.Token));
        }

        _workshop.Embedder.BeforeCall = null;
        _workshop.Write(
            "large.txt",
            string.Join("\n\n", Enumerable.Range(1, Paragraphs).Select(i => $"A penguin number {i} can swim in the water and fly.")));
        Assert.Equal(Paragraphs, _workshop.Index().Passages);
        Assert.DoesNotContain(_workshop.Search("bird tea", 50), hit => hit.Text.Contains("bird", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Progress_is_seen_within_a_file()
    {
        var parts = new List<double>();
        using var store = Store.OpenTemporary();
        await new FolderSync(store, new WorkshopModel(_workshop.Embedder), new SyncOptions())
            .RunAsync([_workshop.Files], new Parts(parts), default);
        Assert.True(parts.Count > 10);
        Assert.Equal(parts.Order(), parts);
        Assert.Equal(1, parts[^1], 3);
    }

    [Fact]
    public void A_copy_of_a_large_text_is_not_embedded_again()
    {
        _workshop.Index();
        File.Copy(_workshop.In("large.txt"), _workshop.In("copy.txt"));
        var report = _workshop.Index();
        Assert.Equal((1, 0, 2 * Paragraphs), (report.Added, report.Embedded, report.Passages));
    }

    private sealed class Parts(List<double> parts) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value)
        {
            if (value.File is not null)
            {
                parts.Add(value.PartOfFile);
            }
        }
    }
}
