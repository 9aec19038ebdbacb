using System.Text.Json;
using Simile.Testing;

namespace EndToEnd;

public sealed class FindTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Assets.Repository, "samples");
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("which bird cannot fly")]
    [InlineData("哪种鸟不会飞")]
    [InlineData("welcher Vogel kann nicht fliegen")]
    public void The_right_passage_comes_first_with_file_and_line(string question)
    {
        var best = _tool.Run("find", question, Samples, "--json").Succeeds().Json[0];
        Assert.Equal(Path.Combine(Samples, "birds.md"), best.GetProperty("path").GetString());
        Assert.Contains("ostrich", best.GetProperty("text").GetString(), StringComparison.OrdinalIgnoreCase);
        var line = File.ReadAllLines(Path.Combine(Samples, "birds.md"))[best.GetProperty("line").GetInt32() - 1];
        Assert.StartsWith(line[..20], best.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hits_are_best_first_and_as_many_as_asked_for()
    {
        var scores = _tool.Run("find", "music", Samples, "--top", "7", "--json").Succeeds().Json
            .Select(line => line.GetProperty("score").GetSingle())
            .ToArray();
        Assert.Equal(7, scores.Length);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public void For_people_a_hit_is_file_and_line_as_the_path_was_given()
    {
        _tool.Write("notes/birds.txt", "The kettle is on the stove.\n\nPenguins are birds that cannot fly, but swim.\n");
        var run = _tool.Run("find", "which bird cannot fly", "notes", "--top", "1").Succeeds();
        Assert.Contains($"{Path.Combine("notes", "birds.txt")}:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Penguins", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
    }

    [Fact]
    public void A_file_s_name_cannot_colour_or_break_the_lines_of_a_screen()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no such names.");
        _tool.Write("notes/red\u001b[31m\nline.txt", "Penguins are birds that cannot fly.\n");
        _tool.Write("notes/\u001b]0;bad.txt", "\0");
        var run = _tool.Run("find", "bird", "notes");
        Assert.Contains("red␛[31m␊line.txt:1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        Assert.Equal(
            Path.Combine("notes", "red\u001b[31m\nline.txt"),
            _tool.Run("find", "bird", "notes", "--json").Json[0].GetProperty("path").GetString());
    }

    [Fact]
    public void What_changed_is_found_and_what_is_gone_is_not()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Write("notes/b.txt", "The invoice is due in March.\n");
        Assert.EndsWith("a.txt", Best("bird"), StringComparison.Ordinal);
        _tool.Write("notes/b.txt", "An ostrich is a bird of the savannah.\n");
        File.Delete(_tool.In("notes/a.txt"));
        Assert.EndsWith("b.txt", Best("bird"), StringComparison.Ordinal);
        Assert.Single(_tool.Run("find", "bird", "notes", "--json").Succeeds().Json);

        string Best(string query) => _tool.Run("find", query, "notes", "--json").Succeeds().Json[0].GetProperty("path").GetString()!;
    }

    [Fact]
    public void Without_cache_nothing_is_kept()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        Assert.Single(_tool.Run("find", "bird", "notes", "--no-cache", "--json").Succeeds().Json);
        Assert.False(Directory.Exists(_tool.In("cache")));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_done_without()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Write("occupied", "a file, where a folder would have to be\n");
        var run = _tool.With("XDG_CACHE_HOME", _tool.In("occupied")).With("LOCALAPPDATA", _tool.In("occupied"))
            .Run("find", "bird", "notes", "--json")
            .Succeeds();
        Assert.Single(run.Json);
        Assert.Contains("memory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_cache_is_made_anew()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("find", "bird", "notes").Succeeds();
        var database = Assert.Single(Directory.GetFiles(_tool.In("cache"), "store.db", SearchOption.AllDirectories));
        var bytes = File.ReadAllBytes(database);
        bytes.AsSpan(16_384).Fill(0x5A); // the first page stands: the damage is seen only when the store is read
        File.WriteAllBytes(database, bytes);

        Assert.Contains("damaged", Find().Error, StringComparison.Ordinal);
        Assert.Empty(Find().Error);
        Assert.NotEqual(
            bytes, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_tool.In("cache"), "store.db", SearchOption.AllDirectories))));

        Outcome Find()
        {
            var run = _tool.Run("find", "bird", "notes", "--json").Succeeds();
            Assert.Single(run.Json);
            return run;
        }
    }

    [Fact]
    public void A_cache_that_is_no_database_is_made_anew_at_once()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Run("find", "bird", "notes").Succeeds();
        File.WriteAllText(
            Assert.Single(Directory.GetFiles(_tool.In("cache"), "store.db", SearchOption.AllDirectories)), new string('Z', 20_000));
        var run = _tool.Run("find", "bird", "notes", "--json").Succeeds();
        Assert.Single(run.Json);
        Assert.Contains("is made anew: The store", run.Error, StringComparison.Ordinal);
        Assert.Empty(_tool.Run("find", "bird", "notes").Succeeds().Error);
    }

    [Fact]
    public void Lines_about_files_that_were_written_hold_no_control_characters()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows allows no such names.");
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        const string Red = "\u001b[31m";
        string[][] runs =
        [
            ["index", "notes", "--store", $"{Red}store"],
            ["embed", "notes/a.txt", "--out", $"{Red}.npy"],
            ["index", "build", $"{Red}.npy", "--out", $"{Red}.idx"],
            ["classify", "--labels", $"{Red}bird,stone", "notes/a.txt"],
            ["store", "check", "--store", $"{Red}store"],
        ];
        foreach (var arguments in runs)
        {
            var run = _tool.Run(arguments).Succeeds();
            Assert.Contains("␛[31m", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', run.Output + run.Error);
        }
    }

    [Fact]
    public void A_missing_path_is_named() => _tool.Run("find", "bird", "nowhere").FailsWith(1, "nowhere");

    [Fact]
    public void An_empty_folder_has_nothing_to_find()
    {
        Directory.CreateDirectory(_tool.In("hollow"));
        _tool.Run("find", "bird", "hollow").FailsWith(1, "hollow");
    }

    [Fact]
    public void A_file_that_is_no_text_is_reported_and_skipped()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");
        File.WriteAllBytes(_tool.In("notes/b.txt"), [0, 1, 2, 3, 255, 254, 0, 0]);
        var run = _tool.Run("find", "bird", "notes", "--json");
        run.FailsWith(3, "b.txt");
        Assert.EndsWith("1 skipped.\n", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Json);
    }
}
