using Simile.Testing;

namespace Simile.Tests;

public sealed class StoreTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public void A_second_writer_is_refused_at_once_and_readers_are_not()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        using (var writer = Store.Open(_workshop.StoreFolder))
        {
            _workshop.Index(writer);
            var e = Assert.Throws<IOException>(() => Store.Open(_workshop.StoreFolder));
            Assert.Contains("writing", e.Message, StringComparison.Ordinal);
            Assert.Single(_workshop.Search("tea"));
        }

        using var again = Store.Open(_workshop.StoreFolder);
        Assert.Equal(1, again.FileCount);
    }

    [Fact]
    public void An_open_reader_sees_what_is_committed_later()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        using var reader = Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly);
        var query = _workshop.Embedder.Embed("snow is white");
        Assert.Equal("Tea is hot.", Assert.Single(Found.Of(reader.Search(query, 5))).Text);
        var sequence = reader.Sequence;
        _workshop.Write("b.txt", "Snow is white.");
        _workshop.Index();
        Assert.Equal(["Snow is white.", "Tea is hot."], Found.Of(reader.Search(query, 5)).Select(hit => hit.Text));
        Assert.True(reader.Sequence > sequence);
        File.Delete(_workshop.In("b.txt"));
        _workshop.Index();
        Assert.Equal(["Tea is hot."], Found.Of(reader.Search(query, 5)).Select(hit => hit.Text));
    }

    [Fact]
    public void Equal_scores_come_in_the_order_of_indexing()
    {
        _workshop.Write("b.txt", "Same words here.");
        _workshop.Write("a.txt", "same words here.");
        _workshop.Write("c.txt", "SAME words here.");
        _workshop.Index();
        Assert.Equal(["a.txt", "b.txt", "c.txt"], _workshop.Search("same words here").Select(hit => Path.GetFileName(hit.Path)));
    }

    [Fact]
    public void A_temporary_store_leaves_nothing_behind()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        using var store = Store.OpenTemporary();
        _workshop.Index(store);
        Assert.Equal("Tea is hot.", Assert.Single(Found.Of(store.Search(_workshop.Embedder.Embed("tea"), 3))).Text);
        Assert.False(Directory.Exists(_workshop.StoreFolder));
    }

    [Fact]
    public void An_empty_store_finds_nothing()
    {
        using var store = Store.Open(_workshop.StoreFolder);
        Assert.Null(store.Model);
        Assert.Empty(store.Search([1f, 2f], 3));
    }

    [Fact]
    public void Vectors_of_another_model_are_refused()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        _workshop.Embedder = new BagOfWords("other", 32);
        var e = Assert.Throws<InvalidDataException>(() => _workshop.Index());
        Assert.Contains("bag-of-words (64 dimensions), not of other (32 dimensions)", e.Message, StringComparison.Ordinal);
        _workshop.Embedder = new BagOfWords();
        using var store = Store.Open(_workshop.StoreFolder);
        var settings = Assert.Throws<InvalidDataException>(() =>
            _workshop.Index(store, new WorkshopModel(_workshop.Embedder) { Settings = "pooling=max" }, new Simile.Sync.SyncOptions(), []));
        Assert.Contains("other settings", settings.Message, StringComparison.Ordinal);
        Assert.Equal(1, store.Count(MediaKind.Text));
    }

    [Fact]
    public void A_query_of_another_length_is_refused()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        using var store = Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly);
        Assert.Contains("64", Assert.Throws<ArgumentException>(() => store.Search(new float[3], 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_store_is_named()
    {
        var e = Assert.Throws<DirectoryNotFoundException>(() => Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly));
        Assert.Contains(_workshop.StoreFolder, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workshop.StoreFolder));
    }

    [Theory]
    [InlineData(CorpusAccess.ReadOnly)]
    [InlineData(CorpusAccess.ReadWrite)]
    public void A_folder_of_other_things_is_refused(CorpusAccess access)
    {
        _workshop.Write("a.txt", "Tea is hot.");
        Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.Files, access));
        Assert.Equal(["a.txt"], Directory.GetFileSystemEntries(_workshop.Files).Select(Path.GetFileName));
        Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.In("a.txt"), access));
    }

    [Theory]
    [InlineData(CorpusAccess.ReadOnly)]
    [InlineData(CorpusAccess.ReadWrite)]
    public void A_file_that_is_no_database_is_called_damaged(CorpusAccess access)
    {
        Directory.CreateDirectory(_workshop.StoreFolder);
        File.WriteAllText(Path.Combine(_workshop.StoreFolder, "store.db"), new string('x', 40000));
        var e = Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.StoreFolder, access));
        Assert.Contains("damaged", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CorpusAccess.ReadOnly)]
    [InlineData(CorpusAccess.ReadWrite)]
    public void A_database_of_another_program_is_refused_and_left_alone(CorpusAccess access)
    {
        Directory.CreateDirectory(_workshop.StoreFolder);
        _workshop.Ask("CREATE TABLE bookmarks (url TEXT)");
        var before = File.ReadAllBytes(Path.Combine(_workshop.StoreFolder, "store.db"));
        Assert.Contains(
            "not a store",
            Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.StoreFolder, access)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_workshop.StoreFolder, "store.db")));
    }

    [Theory]
    [InlineData(CorpusAccess.ReadOnly)]
    [InlineData(CorpusAccess.ReadWrite)]
    public void A_store_of_a_newer_version_is_refused(CorpusAccess access)
    {
        Store.Open(_workshop.StoreFolder).Dispose();
        _workshop.Ask("PRAGMA user_version = 5");
        Assert.Contains(
            "newer",
            Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.StoreFolder, access)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_version_1_is_read_and_carried_over_when_it_is_written()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        WithoutChecks();
        _workshop.Ask("DROP INDEX items_by_kind; PRAGMA user_version = 1");
        Assert.Equal("Tea is hot.", Assert.Single(_workshop.Search("tea")).Text);
        Assert.Equal("1", _workshop.Ask("PRAGMA user_version"));
        _workshop.Write("b.txt", "Ice is cold.");
        Assert.Equal((1, 1), (_workshop.Index().Added, _workshop.Index().Unchanged - 1));
        Assert.Equal("4", _workshop.Ask("PRAGMA user_version"));
        Assert.Equal("Ice is cold.", _workshop.Search("ice cold")[0].Text);
        Assert.Equal("2", _workshop.Ask("SELECT count(*) FROM item_checks JOIN file_checks ON file_checks.file = item_checks.item"));
    }

    [Fact]
    public async Task A_store_of_version_2_gets_checksums_when_it_is_written()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b.txt", "Ice is cold.");
        _workshop.Index();
        WithoutChecks();
        Assert.Equal("Tea is hot.", _workshop.Search("tea")[0].Text);
        var old = await Corpus.CheckAsync(_workshop.StoreFolder, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, false, 0), (old.Files, old.Items, old.HasChecksums, old.Faults.Count));
        Assert.Equal(2, _workshop.Index().Unchanged);
        var now = await Corpus.CheckAsync(_workshop.StoreFolder, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, true, 0), (now.Files, now.Items, now.HasChecksums, now.Faults.Count));
        Assert.Equal("Tea is hot.", _workshop.Search("tea")[0].Text);
    }

    [Fact]
    public async Task A_store_of_version_3_is_searched_by_vectors_and_gets_keywords_when_it_is_written()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Write("b.txt", "Ice is cold.");
        _workshop.Index();
        WithoutKeywords();
        Assert.Equal("Tea is hot.", _workshop.Search("tea")[0].Text);
        Assert.Equal(2, _workshop.Index().Unchanged);
        Assert.Equal("2", _workshop.Ask("SELECT count(*) FROM keywords WHERE keywords MATCH 'is'"));
        Assert.Empty((await Corpus.CheckAsync(_workshop.StoreFolder, TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public void Keywords_follow_the_items()
    {
        _workshop.Write("tea.md", "# Drinks\n\nTea is hot.");
        _workshop.Write("ice.txt", "Ice is cold.");
        _workshop.Write("copy.txt", "Ice is cold.");
        _workshop.Index();
        Assert.Equal(("1", "1", "2"), (Rows("drink"), Rows("path : tea"), Rows("text : ice")));
        _workshop.Write("tea.md", "Coffee is black.");
        File.Delete(_workshop.In("copy.txt"));
        _workshop.Index();
        Assert.Equal(("0", "0", "1", "1"), (Rows("drink"), Rows("hot"), Rows("coffe"), Rows("text : ice")));

        string? Rows(string match) => _workshop.Ask($"SELECT count(*) FROM keywords WHERE keywords MATCH '{match}'");
    }

    [Fact]
    public void A_store_with_other_tables_is_called_damaged()
    {
        Store.Open(_workshop.StoreFolder).Dispose();
        _workshop.Ask("DROP TABLE vectors");
        Assert.Contains(
            "damaged", Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.StoreFolder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE vectors SET vector = x'00'")]
    [InlineData("UPDATE meta SET value = 'many' WHERE key = 'sequence'")]
    [InlineData("UPDATE meta SET value = '99999999999' WHERE key = 'model.dimensions'")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM items")]
    public void Contents_that_cannot_be_are_called_damaged(string harm)
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        _workshop.Ask(harm);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => _workshop.Search("tea")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE vectors SET vector = zeroblob(256) WHERE item = 2", "vector")]
    [InlineData("UPDATE vectors SET vector = CAST(x'0000C07F' || substr(vector, 5) AS BLOB)", "vector")]
    [InlineData("UPDATE items SET text = 'Tea is cold.' WHERE text = 'Tea is hot.'", "item")]
    [InlineData("UPDATE items SET line = 7", "item")]
    [InlineData("UPDATE items SET kind = 'image'", "vector")]
    [InlineData("UPDATE meta SET value = 'simile/other' WHERE key = 'model.name'", "metadata does not match")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM vectors WHERE item = 2; DELETE FROM item_checks WHERE item = 2", "vectors")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM vectors WHERE item = 3", "vector")]
    [InlineData("UPDATE file_checks SET content = content + 1", "item")]
    public async Task What_was_changed_behind_its_back_is_found(string harm, string what)
    {
        foreach (var (name, text) in new[] { ("a.txt", "Tea is hot."), ("b.txt", "Ice is cold."), ("c.txt", "Snow is white.") })
        {
            _workshop.Write(name, text);
        }

        _workshop.Index();
        _workshop.Ask(harm);
        for (var i = 0; i < 2; i++)
        {
            var e = Assert.Throws<InvalidDataException>(() => _workshop.Search("tea"));
            Assert.Contains("damaged", e.Message, StringComparison.Ordinal);
            Assert.Contains(what, e.Message, StringComparison.Ordinal);
        }

        Assert.True(await HasFaults());
    }

    [Fact]
    public async Task A_flipped_bit_changes_no_answer_in_silence()
    {
        for (var i = 0; i < 40; i++)
        {
            _workshop.Write($"{i}.txt", $"Sentence number {i} of many.");
        }

        _workshop.Index();
        var path = Path.Combine(_workshop.StoreFolder, "store.db");
        var (sound, answers) = (File.ReadAllBytes(path), Answers());
        var refused = 0;
        foreach (var seed in Effort.Rounds(60))
        {
            var (random, harmed) = (new Random(seed), (byte[])sound.Clone());
            harmed[random.Next(harmed.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, harmed);
            try
            {
                Assert.Equal(answers, Answers());
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                refused++;
                Assert.True(await HasFaults(), $"seed {seed}: {e.Message}");
            }
        }

        Assert.True(refused > 0);
    }

    [Fact]
    public void No_damage_anywhere_in_the_file_breaks_more_than_the_store()
    {
        for (var i = 0; i < 40; i++)
        {
            _workshop.Write($"{i}.txt", $"Sentence number {i} of many.");
        }

        _workshop.Index();
        var path = Path.Combine(_workshop.StoreFolder, "store.db");
        var sound = File.ReadAllBytes(path);
        var random = new Random(1);
        for (var round = 0; round < 60; round++)
        {
            var harmed = round % 3 == 0 ? sound[..random.Next(sound.Length)] : (byte[])sound.Clone();
            for (var i = 0; round % 3 != 0 && i < 2000; i++)
            {
                harmed[random.Next(round % 3 == 1 ? 16384 : harmed.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, harmed);
            var e = Record.Exception(() => _workshop.Search("sentence"));
            Assert.True(e is null or InvalidDataException or IOException or UnauthorizedAccessException, $"round {round}: {e}");
        }
    }

    [Fact]
    public void A_store_whose_making_was_cut_short_is_made_again()
    {
        Directory.CreateDirectory(_workshop.StoreFolder);
        File.WriteAllBytes(Path.Combine(_workshop.StoreFolder, "store.db"), []);
        _workshop.Write("a.txt", "Tea is hot.");
        Assert.Throws<InvalidDataException>(() => Store.Open(_workshop.StoreFolder, CorpusAccess.ReadOnly));
        Assert.Equal(1, _workshop.Index().Added);
    }

    [Fact]
    public void Vectors_are_kept_as_little_endian_floats()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        _workshop.Index();
        var blob = Convert.FromHexString(_workshop.Ask("SELECT hex(vector) FROM vectors"));
        var vector = _workshop.Embedder.Embed("Tea is hot.");
        Assert.Equal(
            vector, Enumerable.Range(0, 64).Select(i => System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(blob.AsSpan(4 * i))));
    }

    [Fact]
    public void A_store_says_what_it_is()
    {
        Store.Open(_workshop.StoreFolder).Dispose();
        Assert.Equal($"{0x53494D4C}", _workshop.Ask("PRAGMA application_id"));
        Assert.Equal("4", _workshop.Ask("PRAGMA user_version"));
        Assert.Equal("wal", _workshop.Ask("PRAGMA journal_mode"));
        Assert.Equal("16384", _workshop.Ask("PRAGMA page_size"));
    }

    private List<Found> Answers() => [.. new[] { "sentence number 7", "many", "tea" }.SelectMany(query => _workshop.Search(query, 60))];

    private async Task<bool> HasFaults()
    {
        try
        {
            return (await Corpus.CheckAsync(_workshop.StoreFolder)).Faults.Count > 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // As version 3 was.
    private void WithoutKeywords() =>
        _workshop.Ask("DROP TRIGGER item_loses_keywords; DROP TABLE keywords; DROP TABLE headings; PRAGMA user_version = 3");

    // As version 2 was.
    private void WithoutChecks() => _workshop.Ask(
        """
        DROP TRIGGER item_loses_keywords; DROP TABLE keywords; DROP TABLE headings;
        DROP TRIGGER item_is_checked; DROP TRIGGER vector_is_checked; DROP TRIGGER file_is_checked; DROP TRIGGER file_is_checked_again;
        DROP TABLE item_checks; DROP TABLE file_checks; DROP TABLE parts;
        DELETE FROM meta WHERE key IN ('items', 'check');
        PRAGMA user_version = 2
        """);
}
