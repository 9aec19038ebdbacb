namespace EndToEnd;

/// <summary>recommend train, and recommendations by what it made.</summary>
public sealed class RecommendTests : IDisposable
{
    // Two tastes that share nothing: jazz, blues and soul, or metal, punk and hardcore.
    private const string Plays = "anna\tjazz\t5\nanna\tblues\t4\nbert\tjazz\t3\nbert\tblues\t5\nbert\tsoul\t4\ncarl\tmetal\t5\n"
        + "carl\tpunk\t3\ndora\tmetal\t2\ndora\tpunk\t5\ndora\thardcore\n";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Users_get_what_users_like_them_chose()
    {
        Train();
        var unseen = _tool.Run("recommend", "anna", "--model", "taste", "--json").Succeeds().Json;
        Assert.Equal("soul", unseen[0].GetProperty("item").GetString());
        Assert.Equal(4, unseen.Length);
        Assert.True(unseen[0].GetProperty("score").GetDouble() > unseen[1].GetProperty("score").GetDouble());
        var all = _tool.Run("recommend", "anna", "--model", "taste", "--seen", "-k", "2", "--json").Succeeds().Json;
        Assert.Equal(["blues", "jazz"], all.Select(hit => hit.GetProperty("item").GetString()).Order(StringComparer.Ordinal));
        var like = _tool.Run("recommend", "--item", "metal", "--model", "taste", "-k", "1").Succeeds();
        Assert.EndsWith("  punk\n", like.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_no_interaction_are_named_and_counted()
    {
        _tool.Write("plays.tsv", "anna\tjazz\tNaN\nanna\tjazz\t-1\nanna\nanna\tjazz\t2\n");
        var run = _tool.Run("recommend", "train", "plays.tsv", "--out", "taste", "--dimensions", "1");
        Assert.Equal(3, run.Code);
        Assert.Contains("plays.tsv line 1 is not", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("simile: 3 skipped.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal("taste: 1 users, 1 items\n", run.Output);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Train();
        _tool.Write("empty.tsv", "");
        Directory.CreateDirectory(_tool.In("folder"));
        _tool.Run("recommend", "ann", "--model", "taste").FailsWith(1, "no user \"ann\"", "anna");
        _tool.Run("recommend", "--item", "folk", "--model", "taste").FailsWith(1, "no item \"folk\"");
        _tool.Run("recommend", "anna").FailsWith(2, "--model");
        _tool.Run("recommend", "anna", "--model", "none").FailsWith(1, "none", "recommend train");
        _tool.Run("recommend", "anna", "--model", "plays.tsv").FailsWith(1, "plays.tsv is a file", "recommend train");
        _tool.Run("recommend", "anna", "--model", "folder").FailsWith(1, "folder", "recommend train");
        _tool.Run("recommend", "train", "none.tsv", "--out", "made").FailsWith(1, "none.tsv");
        _tool.Run("recommend", "train", "empty.tsv", "--out", "made").FailsWith(1, "no interactions");
        _tool.Run("recommend", "train", "folder", "--out", "made").FailsWith(1, "folder is a folder");
        _tool.Run("recommend", "train", "plays.tsv", "--out", "plays.tsv").FailsWith(1, "plays.tsv is a file");
        Assert.False(Path.Exists(_tool.In("made")));
    }

    [Fact]
    public void Rows_like_examples_are_recommended_and_examples_and_excluded_ones_are_not()
    {
        string[] vectors = ["1,0,0", "0.9,0.1,0", "0.8,0,0.3", "0,1,0", "0,0.9,0.2", "0,0,1"];
        _tool.Write("v.jsonl", string.Concat(vectors.Select((v, i) =>
            $"{{\"id\":\"item{i}\",\"vector\":[{v}],\"label\":\"{(i % 2 == 0 ? "even" : "odd")}\"}}\n")));
        var found = Rows("--like", "item0");
        Assert.Equal([1, 2], found[..2]);
        Assert.Equal(5, found.Length);
        Assert.Equal(found, Rows("--like", "0"));
        Assert.Equal([4, 3], Rows("--like", "5", "--not-like", "item0", "-k", "2"));
        _tool.Write("seen.txt", "item1\n2\nnothing\n");
        var run = _tool.Run("recommend", "v.jsonl", "--like", "0", "--exclude", "seen.txt", "--json").Succeeds();
        Assert.Equal(["row", "score"], run.Json[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal([3, 4, 5], run.Json.Select(line => line.GetProperty("row").GetInt32()).Order());
        Assert.Contains("1 of 3 lines", run.Error, StringComparison.Ordinal);
        Assert.Equal([2, 4], Rows("--like", "0", "--label", "even").Order().Take(2));
        foreach (var strategy in new[] { "average", "bestscore", "linear" })
        {
            Assert.Equal([1, 2], Rows("--like", "0", "--strategy", strategy, "--not-like", "3", "-k", "2").Order());
        }

        int[] Rows(params string[] options) => Found("v.jsonl", options);
    }

    [Fact]
    public void Diversity_prefers_what_is_unlike_what_was_chosen()
    {
        string[] vectors = ["1,0,0", "0.99,0.1,0", "0.99,0.11,0", "0.8,0,0.6"];
        _tool.Write("v.jsonl", string.Concat(vectors.Select(v => $"{{\"vector\":[{v}]}}\n")));
        Assert.Equal([1, 2], Of("0"));
        Assert.Equal([1, 3], Of("0.6"));

        int[] Of(string diversity) => Found("v.jsonl", "--metric", "cosine", "--like", "0", "--diversity", diversity, "-k", "2");
    }

    [Fact]
    public void Files_like_files_and_texts_are_recommended_and_named_as_they_were_given()
    {
        _tool.Write("notes/owl.txt", "Owls hunt mice at night.");
        _tool.Write("notes/penguin.txt", "Penguins are birds that cannot fly.");
        _tool.Write("notes/tax.txt", "Taxes are paid once a year to the state.");
        _tool.Write("notes/bill.txt", "The invoice is due in March.");
        var lines = _tool.Run("recommend", "notes", "--like", "notes/owl.txt", "--json").Succeeds().Json;
        Assert.Equal(["path", "kind", "score"], lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(Path.Combine("notes", "penguin.txt"), lines[0].GetProperty("path").GetString());
        Assert.Equal(3, lines.Length);
        Assert.Contains("bill.txt", First("a bill that must be paid soon"), StringComparison.Ordinal);
        _tool.Write("other.txt", "The invoice must be paid in April.");
        Assert.Contains("bill.txt", First("other.txt"), StringComparison.Ordinal);

        string First(string like) => _tool.Run("recommend", "notes", "--like", like, "-k", "1").Succeeds().Output;
    }

    [Fact]
    public void Examples_that_are_none_are_said_in_a_sentence()
    {
        _tool.Write("v.jsonl", "{\"vector\":[1,2]}\n{\"vector\":[2,1]}\n");
        _tool.Write("notes/a.txt", "Owls hunt mice at night.");
        _tool.Run("recommend", "v.jsonl", "--like", "7").FailsWith(1, "'7'");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--not-like", "0").FailsWith(1, "decide for one");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--label", "x").FailsWith(1, "label");
        _tool.Run("recommend", "anna", "--model", "taste", "--metric", "l2").FailsWith(2, "--metric", "--like");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--exclude", "none.txt").FailsWith(1, "none.txt");
        _tool.Run("recommend", "notes", "--like", "cat.jpg").FailsWith(1, "cat.jpg");
        _tool.Run("recommend", "notes", "--like", "notes").FailsWith(1, "folder");
        var full = _tool.In("notes/a.txt");
        _tool.Run("recommend", "notes/a.txt", "--like", "notes/a.txt", "--not-like", full).FailsWith(1, "decide for one");
        _tool.Run("recommend", "--like", "0").FailsWith(2, "choose from");
        _tool.Run("recommend", "v.jsonl", "--not-like", "0").FailsWith(2, "--like");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--item", "x").FailsWith(2, "--item");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--seen").FailsWith(2, "--exclude");
        _tool.Run("recommend", "v.jsonl", "--like", "0", "--diversity", "2").FailsWith(2, "0 to 1");
        _tool.Run("recommend", "anna", "bert", "--model", "taste").FailsWith(2, "one user");
    }

    private int[] Found(string file, params string[] options) =>
        [.. _tool.Run(["recommend", file, .. options, "--json"]).Succeeds().Json.Select(line => line.GetProperty("row").GetInt32())];

    private void Train()
    {
        _tool.Write("plays.tsv", Plays);
        Assert.Equal(
            "taste: 4 users, 6 items\n",
            _tool.Run("recommend", "train", "plays.tsv", "--out", "taste", "--dimensions", "4").Succeeds().Output);
    }
}
