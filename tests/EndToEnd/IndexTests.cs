using System.Text.Json;

namespace EndToEnd;

public sealed class IndexTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void What_is_indexed_is_found_by_search()
    {
        _tool.Write("notes/birds.txt", "The kettle is on the stove.\n\nPenguins are birds that cannot fly, but swim.\n");
        _tool.Write("notes/money.txt", "The invoice of the plumber is due in March.\n");
        var made = _tool.Run("index", "notes", "--store", "notes.simile", "--json").Succeeds().Json.Single();
        Assert.Equal(2, made.GetProperty("added").GetInt32());
        Assert.Equal("notes.simile", made.GetProperty("store").GetString());

        var best = _tool.Run("search", "when do I have to pay", "--store", "notes.simile", "--json").Succeeds().Json[0];
        Assert.Equal(_tool.In("notes/money.txt"), best.GetProperty("path").GetString());
        Assert.Equal(1, best.GetProperty("line").GetInt32());
    }

    [Fact]
    public void Only_what_changed_is_embedded_again()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Write("notes/b.txt", "The invoice of the plumber is due in March.\n");
        Index();
        Assert.Equal((0, 2, 0), Counts(Index()));
        _tool.Write("notes/b.txt", "The invoice of the plumber has been paid.\n");
        Assert.Equal((1, 1, 0), Counts(Index()));
        File.Delete(_tool.In("notes/a.txt"));
        Assert.Equal((0, 1, 1), Counts(Index()));

        JsonElement Index() => _tool.Run("index", "notes", "--store", "s", "--json").Succeeds().Json.Single();
        static (int Embedded, int Unchanged, int Removed) Counts(JsonElement made) =>
            (made.GetProperty("embedded").GetInt32(), made.GetProperty("unchanged").GetInt32(), made.GetProperty("removed").GetInt32());
    }

    [Fact]
    public void A_run_that_was_killed_is_carried_on_by_the_next_one()
    {
        WriteManyNotes(250);
        using (var process = _tool.Start("index", "notes", "--store", "killed"))
        {
            WaitUntil(() => new FileInfo(_tool.In("killed/store.db-wal")) is { Exists: true, Length: > 0 } || process.HasExited);
            process.Kill();
            process.WaitForExit();
        }

        var resumed = _tool.Run("index", "notes", "--store", "killed", "--json").Succeeds().Json.Single();
        var whole = _tool.Run("index", "notes", "--store", "whole", "--json").Succeeds().Json.Single();
        Assert.Equal(whole.GetProperty("passages").GetInt32(), resumed.GetProperty("passages").GetInt32());
        Assert.Equal(
            0, _tool.Run("index", "notes", "--store", "killed", "--json").Succeeds().Json.Single().GetProperty("embedded").GetInt32());
        var (expected, actual) = (Answers("whole"), Answers("killed"));
        Assert.Equal(expected.Select(answer => answer.Place), actual.Select(answer => answer.Place));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5f));

        (string Place, float Score)[] Answers(string store) =>
            [.. _tool.Run("search", "note 77", "--store", store, "--json", "--top", "5000").Succeeds().Json
                .Select(line => ($"{line.GetProperty("path")}:{line.GetProperty("line")}", line.GetProperty("score").GetSingle())).Order()];
    }

    [Fact]
    public void Ctrl_C_keeps_what_is_done_and_ends_with_130()
    {
        WriteManyNotes(250);
        using var process = _tool.Start("index", "notes", "--store", "s");
        WaitUntil(() => File.Exists(_tool.In("s/store.db")) || process.HasExited);
        Tool.Signal(process, "INT");
        Assert.Equal(130, Tool.End(process));
        _tool.Run("index", "notes", "--store", "s").Succeeds();
    }

    [Fact]
    public void What_Ctrl_C_keeps_is_said_and_the_next_run_goes_on_from_there()
    {
        WriteManyNotes(600);
        using var process = _tool.Start("index", "notes", "--store", "s");
        WaitUntil(() => new FileInfo(_tool.In("s/store.db-wal")) is { Exists: true, Length: > 200_000 } || process.HasExited);
        Tool.Signal(process, "INT");
        Assert.Equal(130, Tool.End(process));
        Assert.Matches(
            @"^simile: Stopped( after [\d,]+ of 600 files)?\. What is done is kept in s, and the same command continues from there\.\n$",
            process.StandardError.ReadToEnd());
        var next = _tool.Run("index", "notes", "--store", "s", "--json").Succeeds().Json.Single();
        Assert.Equal(600, next.GetProperty("added").GetInt32() + next.GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public void A_store_remembers_its_model()
    {
        var model = Simile.Testing.Assets.Require("golden/architectures/st_static");
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("index", "notes", "--store", "s", "--model", model).Succeeds();
        _tool.Write("notes/b.txt", "The invoice is due in March.\n");
        Assert.Equal(1, _tool.Run("index", "notes", "--store", "s", "--json").Succeeds().Json.Single().GetProperty("added").GetInt32());
        Assert.Equal(2, _tool.Run("search", "bird", "--store", "s", "--json").Succeeds().Json.Length);
        _tool.Run("index", "notes", "--store", "s", "--model", "simile/base").FailsWith(1, "s");

        // SIMILE_MODEL is a default: an existing store keeps its model, a new one uses it.
        _tool.With("SIMILE_MODEL", model);
        _tool.Run("index", "notes", "--store", "new").Succeeds();
        _tool.With("SIMILE_MODEL", "nowhere");
        _tool.Run("index", "notes", "--store", "new").Succeeds();
        _tool.Run("index", "notes", "--store", "other").FailsWith(1, "nowhere");
    }

    [Fact]
    public void Search_shows_paths_below_the_current_folder_as_find_does()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("index", "notes").Succeeds();
        var (found, sought) = (_tool.Run("find", "bird", "notes").Succeeds().Output, _tool.Run("search", "bird").Succeeds().Output);
        Assert.Equal(found, sought);
        Assert.Contains($"  {Path.Combine("notes", "a.txt")}:1", sought, StringComparison.Ordinal);
        Assert.Equal(found, _tool.Run("find", "bird", _tool.In("notes")).Succeeds().Output);
        Assert.Equal(_tool.In("notes/a.txt"), _tool.Run("search", "bird", "--json").Succeeds().Json[0].GetProperty("path").GetString());
    }

    [Fact]
    public void A_store_that_is_not_there_is_named() => _tool.Run("search", "bird", "--store", "nowhere").FailsWith(1, "nowhere");

    [Fact]
    public void A_folder_of_other_things_is_no_store()
    {
        _tool.Write("s/letter.txt", "Dear Sir\n");
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("index", "notes", "--store", "s").FailsWith(1, "s");
        _tool.Run("search", "bird", "--store", "s").FailsWith(1, "s");
    }

    [Fact]
    public void A_damaged_store_is_refused()
    {
        _tool.Write("s/store.db", "this is no database, whatever its name says; it is only long enough to look like one");
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("index", "notes", "--store", "s").FailsWith(1, "damaged");
        _tool.Run("search", "bird", "--store", "s").FailsWith(1, "damaged");
    }

    [Fact]
    public void A_missing_path_and_an_empty_folder_are_named()
    {
        _tool.Run("index", "nowhere", "--store", "s").FailsWith(1, "nowhere");
        Directory.CreateDirectory(_tool.In("hollow"));
        _tool.Run("index", "hollow", "--store", "s").FailsWith(1, "hollow");
    }

    private void WriteManyNotes(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _tool.Write($"notes/{i}.txt", string.Join("\n\n", Enumerable.Range(0, 5)
                .Select(j => $"This is paragraph {j} of note {i}, which says that {i * 7} apples and {i * 13} pears were counted.")));
        }
    }

    private static void WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            Thread.Yield();
        }
    }
}
