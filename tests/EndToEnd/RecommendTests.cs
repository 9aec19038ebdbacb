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

    private void Train()
    {
        _tool.Write("plays.tsv", Plays);
        Assert.Equal(
            "taste: 4 users, 6 items\n",
            _tool.Run("recommend", "train", "plays.tsv", "--out", "taste", "--dimensions", "4").Succeeds().Output);
    }
}
