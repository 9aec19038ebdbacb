using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;
using Simile.Testing;

namespace Simile.VectorData.Tests;

/// <summary>What a store promises beyond the conformance suite.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_batch_with_a_bad_vector_is_not_written_at_all()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        var points = Point.Several(5, seed: 1);
        points[3].Vector = new float[] { 1, 2 };
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync(points));
        Effort.AssertIsSentence(failure.Message);
        points[3].Vector = Enumerable.Repeat(float.NaN, Point.Dimensions).ToArray();
        await Assert.ThrowsAsync<ArgumentException>(() => collection.UpsertAsync(points));
        Assert.Equal(0, await collection.CountAsync());
    }

    [Fact]
    public async Task A_missing_collection_is_named()
    {
        var collection = _store.Store.GetCollection<long, Point>("nowhere", Point.Definition(null));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => collection.UpsertAsync(Point.Several(1, 1)));
        Assert.Contains("'nowhere'", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => collection.GetAsync(1));
    }

    [Fact]
    public async Task Records_that_do_not_fit_a_collection_are_refused_and_new_properties_are_added()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(Point.Several(3, seed: 1));
        var other = _store.Store.GetCollection<long, Point>("points", Point.Definition(null, DistanceFunction.EuclideanDistance));
        Assert.Contains(
            DistanceFunction.EuclideanDistance,
            (await Assert.ThrowsAsync<InvalidOperationException>(() => other.GetAsync(1))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.EnsureCollectionExistsAsync());

        var wider = Point.Definition(IndexKind.Hnsw);
        wider.Properties.Add(new VectorStoreDataProperty("Note", typeof(string)) { IsFullTextIndexed = true });
        var extended = _store.Store.GetDynamicCollection("points", wider);
        await Assert.ThrowsAsync<InvalidOperationException>(() => extended.GetAsync(1L));
        await extended.EnsureCollectionExistsAsync();
        var record = (await extended.GetAsync(1L, new() { IncludeVectors = true }))!;
        Assert.Null(record["Note"]);
        record["Note"] = "a new remark";
        await extended.UpsertAsync(record);
        Assert.Equal(
            1L,
            (await extended.KeywordSearchAsync(["remark"], 3, new() { AdditionalProperty = r => r["Note"] }).SingleAsync()).Record["Id"]);
        Assert.Equal(3, await extended.KeywordSearchAsync(["point"], 9, new() { AdditionalProperty = r => r["Text"] }).CountAsync());
        Assert.Empty(await _store.Store.CheckAsync());
    }

    [Fact]
    public async Task Everything_of_a_closed_store_is_there_again()
    {
        var points = Point.Several(500, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(points);
        var before = await collection.SearchAsync(points[3].Vector!.Value, 20).Select(result => (result.Record.Id, result.Score))
            .ToListAsync();
        _store.Reopen();
        collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        Assert.Equal(
            before,
            await collection.SearchAsync(points[3].Vector!.Value, 20).Select(result => (result.Record.Id, result.Score)).ToListAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Disposed());

        Task<bool> Disposed()
        {
            _store.Store.Dispose();
            return collection.CollectionExistsAsync();
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_told_and_never_answered()
    {
        var points = Point.Several(200, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(points);
        var expected = await AnswersAsync(collection, points);
        _store.Store.Dispose();
        var file = Path.Combine(_store.Path, "store.db");
        var good = await File.ReadAllBytesAsync(file);
        var random = new Random(1);
        var told = 0;
        foreach (var _ in Effort.Rounds(60))
        {
            var bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(file, bad);
            try
            {
                using var store = new SimileVectorStore(_store.Path);
                Assert.Equal(expected, await AnswersAsync(store.GetCollection<long, Point>("points", Point.Definition(null)), points));
            }
            catch (Exception e) when (e is VectorStoreException or InvalidOperationException)
            {
                Effort.AssertIsSentence(e.Message);
                told++;
            }
        }

        Assert.True(told > 5, $"Only {told} were noticed.");
    }

    [Fact]
    public async Task Check_names_a_changed_row()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(Point.Several(20, seed: 1));
        Assert.Empty(await _store.Store.CheckAsync());
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_store.Path, "store.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "UPDATE records_1 SET p_Group = p_Group + 1 WHERE id = 7; UPDATE vectors_1_Vector SET vector = zeroblob(64) WHERE id = 9";
            command.ExecuteNonQuery();
        }

        var found = await _store.Store.CheckAsync();
        Assert.Equal(2, found.Count);
        Assert.Contains(found, sentence => sentence.Contains("Row 7 of 'points'", StringComparison.Ordinal));
        Assert.Contains(found, sentence => sentence.Contains("'Vector' of row 9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Vacuum_gives_the_disk_back_and_keeps_every_answer()
    {
        var points = Point.Several(12_000, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(points);
        await _store.Store.VacuumAsync();
        var before = Size();
        using var other = new SimileVectorStore(_store.Path);
        var beside = other.GetCollection<long, Point>("points", Point.Definition(null));
        await collection.DeleteAsync(points.Where(point => point.Id % 2 == 0).Select(point => point.Id));
        var expected = await AnswersAsync(collection, points);
        await _store.Store.VacuumAsync();
        Assert.InRange(Size(), 0, before * 6 / 10);
        Assert.Equal(expected, await AnswersAsync(collection, points));
        Assert.Equal(expected, await AnswersAsync(beside, points));
        await collection.UpsertAsync(points[0]);
        Assert.Equal(points[0].Id, (await collection.SearchAsync(points[0].Vector!.Value, 1).SingleAsync()).Record.Id);

        long Size() => Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
    }

    [Fact]
    public async Task A_backup_made_while_records_are_written_opens_and_is_whole()
    {
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(Point.Several(1000, seed: 1));
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await collection.UpsertAsync(Point.Several(50, seed: 2, first: 10_000 + i * 50));
            }
        });
        var copy = _store.Path + "-copy";
        await _store.Store.BackUpAsync(copy);
        await writing;
        try
        {
            using var store = new SimileVectorStore(copy);
            Assert.Empty(await store.CheckAsync());
            var copied = store.GetCollection<long, Point>("points", Point.Definition(null));
            var count = await copied.CountAsync();
            Assert.True(count >= 1000 && count % 50 == 0, $"{count} records");
            await Assert.ThrowsAsync<VectorStoreException>(() => _store.Store.BackUpAsync(copy));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Folders_that_are_no_store_or_of_a_later_version_are_refused()
    {
        Directory.CreateDirectory(_store.Path);
        await File.WriteAllTextAsync(Path.Combine(_store.Path, "store.db"), new string('x', 5000));
        Effort.AssertIsSentence((await Assert.ThrowsAsync<VectorStoreException>(() => _store.Store.CollectionExistsAsync("a"))).Message);
        File.Delete(Path.Combine(_store.Path, "store.db"));
        Run("CREATE TABLE t (x)");
        Assert.Contains(
            "not a vector store",
            (await Assert.ThrowsAsync<VectorStoreException>(() => _store.Store.CollectionExistsAsync("a"))).Message,
            StringComparison.Ordinal);
        Run($"PRAGMA application_id = {Storage.Database.ApplicationId}; PRAGMA user_version = 9");
        Assert.Contains(
            "newer",
            (await Assert.ThrowsAsync<VectorStoreException>(() => _store.Store.CollectionExistsAsync("a"))).Message,
            StringComparison.Ordinal);

        void Run(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(_store.Path, "store.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_folder_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        var path = Path.Combine(_store.Path, "new");
        using var store = new SimileVectorStore(path);
        await store.GetCollection<long, Point>("points", Point.Definition(null)).EnsureCollectionExistsAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Ranges_batches_neighbors_and_streams()
    {
        var points = Point.Several(1000, seed: 1);
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null, DistanceFunction.EuclideanDistance));
        var reports = new List<long>();
        Assert.Equal(1000, await collection.UpsertAsync(points.ToAsyncEnumerable(), 300, new Sync(reports)));
        Assert.Equal([300, 600, 900, 1000], reports);

        var query = points[5].Vector!.Value;
        var distances = points.Select(point =>
            (point.Id, Distance: Math.Sqrt(-(double)Numerics.MetricScore.Score(Numerics.Metric.L2, query.Span, point.Vector!.Value.Span))))
            .OrderBy(pair => pair.Distance)
            .ToArray();
        var within = await collection.SearchRangeAsync(query, distances[20].Distance).Select(result => result.Record.Id).ToListAsync();
        Assert.Equal(distances[..21].Select(pair => pair.Id), within);
        Assert.Equal(
            distances[1..6].Select(pair => pair.Id),
            await collection.SearchByKeyAsync(5, 5).Select(result => result.Record.Id).ToListAsync());
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await collection.SearchByKeyAsync(-1, 5).ToListAsync());
        var batch = await collection.SearchBatchAsync(points.Take(20).Select(point => point.Vector!.Value), 1);
        Assert.Equal(points.Take(20).Select(point => point.Id), batch.Select(results => results.Single().Record.Id));
        Assert.Equal(0, distances[0].Distance);
        var thresholded = await collection.SearchAsync(query, 100, new() { ScoreThreshold = distances[3].Distance + 1e-6 }).CountAsync();
        Assert.Equal(4, thresholded);
    }

    [Fact]
    public async Task Words_are_found_and_fused_with_vectors()
    {
        var points = Point.Several(200, seed: 1);
        points[150].Text = "an extraordinary remark";
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(points);
        Assert.Equal(150, (await collection.KeywordSearchAsync(["extraordinary"], 5).SingleAsync()).Record.Id);
        Assert.Equal(150, (await collection.HybridSearchAsync(points[3].Vector!.Value, ["extraordinary"], 2).ToListAsync())[0].Record.Id);
        await collection.DeleteAsync(150);
        Assert.Empty(await collection.KeywordSearchAsync(["extraordinary"], 5).ToListAsync());
        foreach (var hostile in new[] { "\"", "a OR", "(", "*", "NEAR(", "p_Text:x", "", "  ", "-", "'; DROP TABLE records_1; --" })
        {
            await collection.KeywordSearchAsync([hostile], 5).ToListAsync();
        }

        Assert.Empty(await collection.KeywordSearchAsync([], 5).ToListAsync());
    }

    [Theory]
    [InlineData("parse the HttpHeader of requests", "parseHttpHeader")]
    [InlineData("void ParseHttpHeader(string text)", "header")]
    [InlineData("the snake_case_name of a variable", "case")]
    [InlineData("Running ferns need watering", "run fern water")]
    [InlineData("Café de l'Élysée", "cafe elysee")]
    [InlineData("埼玉県の天気は晴れです", "天気")]
    [InlineData("向量数据库很有用", "数据")]
    [InlineData("วันนี้อากาศดี", "อากาศ")]
    public async Task Words_are_found_in_other_forms_and_scripts(string text, string keyword)
    {
        var points = Point.Several(20, seed: 1);
        points[7].Text = text;
        var collection = await _store.CollectionAsync<long, Point>("points", Point.Definition(null));
        await collection.UpsertAsync(points);
        Assert.Equal(7, (await collection.KeywordSearchAsync([keyword], 5).SingleAsync()).Record.Id);
    }

    private static async Task<List<(long, double?)>> AnswersAsync(SimileCollection<long, Point> collection, Point[] points)
    {
        var answers = new List<(long, double?)>();
        foreach (var point in points.Take(3))
        {
            answers.AddRange(
                await collection.SearchAsync(point.Vector!.Value, 200).Select(result => (result.Record.Id, result.Score)).ToListAsync());
        }

        answers.AddRange(await collection.GetAsync(point => point.Group > 4, 500).Select(point => (point.Id, (double?)null)).ToListAsync());
        return answers;
    }

    private sealed class Sync(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }
}
