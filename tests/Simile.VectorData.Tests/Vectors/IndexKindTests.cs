using Microsoft.Extensions.VectorData;

namespace Simile.VectorData.Tests.Vectors;

/// <summary>Approximate indexes are built in the background, saved, and never wrong.</summary>
public sealed class IndexKindTests : IDisposable
{
    private const int Many = 12_000;

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(IndexKind.Flat, 1.0)]
    [InlineData(IndexKind.QuantizedFlat, 0.99)]
    [InlineData(IndexKind.Hnsw, 0.95)]
    [InlineData(IndexKind.IvfFlat, 0.9)]
    [InlineData(IndexKind.Dynamic, 1.0)]
    [InlineData(null, 1.0)]
    public async Task Each_kind_finds_the_nearest(string? kind, double recall)
    {
        var points = Point.Several(Many, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(kind));
        await collection.UpsertAsync(points);
        await collection.OptimizeAsync();
        Assert.InRange(await RecallAsync(collection, points), recall, 1);
        Assert.InRange(await collection.MeasureRecallAsync(queries: 50), recall, 1);
    }

    [Theory]
    [InlineData(IndexKind.DiskAnn)]
    [InlineData("Magic")]
    public void A_kind_that_does_not_exist_is_refused(string kind)
    {
        var failure = Assert.Throws<NotSupportedException>(() => _store.Store.GetCollection<long, Point>("points", Point.Definition(kind)));
        Assert.Contains(kind, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_after_the_index_was_built_are_seen_at_once()
    {
        var collection = await BuiltAsync();
        var random = new Random(5);
        for (var i = 0; i < 50; i++)
        {
            var added = new Point { Id = Many + i, Group = 77, Vector = Point.RandomVector(random) };
            await collection.UpsertAsync(added);
            Assert.Equal(added.Id, (await collection.SearchAsync(added.Vector.Value, 1).SingleAsync()).Record.Id);
            var moved = new Point { Id = i, Group = 78, Vector = Point.RandomVector(random) };
            await collection.UpsertAsync(moved);
            Assert.Equal(moved.Id, (await collection.SearchAsync(moved.Vector.Value, 1).SingleAsync()).Record.Id);
            await collection.DeleteAsync(added.Id);
            Assert.NotEqual(added.Id, (await collection.SearchAsync(added.Vector.Value, 1).SingleAsync()).Record.Id);
        }
    }

    [Fact]
    public async Task A_saved_index_is_opened_and_follows_the_changes_since()
    {
        var collection = await BuiltAsync();
        await collection.DeleteAsync(Enumerable.Range(0, 500).Select(i => (long)i));
        var late = Point.Several(300, seed: 9, first: 50_000);
        await collection.UpsertAsync(late);
        _store.Reopen();
        collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(IndexKind.Hnsw));
        Assert.Empty(
            await collection.SearchAsync(new float[Point.Dimensions], 20_000).Where(result => result.Record.Id < 500).ToListAsync());
        foreach (var point in late.Take(20))
        {
            Assert.Equal(point.Id, (await collection.SearchAsync(point.Vector!.Value, 1).SingleAsync()).Record.Id);
        }
    }

    [Theory]
    [InlineData("*.index", "delete")]
    [InlineData("*.rows", "delete")]
    [InlineData("*.index", "cut")]
    [InlineData("*.rows", "cut")]
    [InlineData("*.index", "flip")]
    [InlineData("*.rows", "flip")]
    public async Task A_missing_or_damaged_index_file_changes_no_answer(string files, string damage)
    {
        var collection = await BuiltAsync();
        var points = Point.Several(Many, seed: 1);
        _store.Store.Dispose();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_store.Path, "indexes"), files));
        Damage(file, damage);
        _store.Reopen();
        collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(IndexKind.Hnsw));
        Assert.InRange(await RecallAsync(collection, points), 0.95, 1);
    }

    [Fact]
    public async Task Searches_go_on_while_the_index_is_built()
    {
        var points = Point.Several(Many, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(IndexKind.Hnsw));
        await collection.UpsertAsync(points);
        var optimizing = collection.OptimizeAsync();
        var searches = 0;
        do
        {
            var point = points[searches * 37 % points.Length];
            Assert.Equal(point.Id, (await collection.SearchAsync(point.Vector!.Value, 1).SingleAsync()).Record.Id);
            searches++;
        }
        while (!optimizing.IsCompleted);
        await optimizing;
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_store.Path, "indexes")));
    }

    [Theory]
    [InlineData(IndexKind.Flat)]
    [InlineData(IndexKind.Hnsw)]
    public async Task A_filter_is_applied_before_the_nearest_are_chosen(string kind)
    {
        var points = Point.Several(Many, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(kind));
        await collection.UpsertAsync(points);
        await collection.OptimizeAsync();
        var rare = points.Where(point => point.Id % 1000 == 7).Select(point => point.Id).ToArray();
        var found = await collection.SearchAsync(points[0].Vector!.Value, rare.Length, new() { Filter = point => rare.Contains(point.Id) })
            .Select(result => result.Record.Id)
            .ToListAsync();
        Assert.Equal(rare.Order(), found.Order());
        Assert.Empty(
            await collection.SearchAsync(points[0].Vector!.Value, 5, new() { Filter = point => point.Group == 1234 }).ToListAsync());
    }

    private static void Damage(string file, string damage)
    {
        switch (damage)
        {
            case "delete":
                File.Delete(file);
                break;
            case "cut":
                using (var stream = File.OpenWrite(file))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            default:
                var bytes = File.ReadAllBytes(file);
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
        }
    }

    private async Task<SimileCollection<long, Point>> BuiltAsync()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(IndexKind.Hnsw));
        await collection.UpsertAsync(Point.Several(Many, seed: 1));
        await collection.OptimizeAsync();
        return collection;
    }

    private static async Task<double> RecallAsync(SimileCollection<long, Point> collection, Point[] points)
    {
        var random = new Random(3);
        var found = 0;
        for (var i = 0; i < 30; i++)
        {
            var query = Point.RandomVector(random);
            var nearest = points.OrderByDescending(point => Numerics.VectorMath.Cosine(query, point.Vector!.Value.Span)).Take(10)
                .Select(point => point.Id)
                .ToHashSet();
            found += await collection.SearchAsync(query, 10).CountAsync(result => nearest.Contains(result.Record.Id));
        }

        return found / 300.0;
    }
}
