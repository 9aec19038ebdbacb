using Simile.Testing;

namespace EndToEnd;

public sealed class SimilarityTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_matrix_is_for_people_and_has_no_colour_where_no_screen_is()
    {
        var run = _tool.Run("similarity", "one", "two", "three", "--model", Assets.Require("golden/architectures/st_static")).Succeeds();
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal(3, run.Output.Split("1.0000").Length - 1);
        Assert.Contains("2 two", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_or_sound_that_is_not_there_is_an_error()
    {
        _tool.Run("similarity", "a cat", "no cat.png").FailsWith(1, "There is no picture no cat.png");
        _tool.Run("similarity", "no.wav", "a dog").FailsWith(1, "There is no sound no.wav");
    }

    [Fact]
    public void Names_of_texts_are_compared_and_that_is_said()
    {
        _tool.Write("a.md", "Penguins cannot fly.\n");
        _tool.Write("b.md", "The invoice is due.\n");
        var run = _tool.Run("similarity", "a.md", "b.md", "c.md", "--json", "--model", Assets.Require("golden/architectures/st_static"));
        Assert.Equal((0, 3), (run.Code, run.Json.Length));
        Assert.Contains("a.md, b.md: the name was compared", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c.md", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_compared_by_what_they_hold()
    {
        var model = Assets.Require("golden/architectures/st_static");
        _tool.Write("a.md", "Penguins cannot fly.");
        _tool.Write("b.md", "The invoice is due.");
        var files = _tool.Run("similarity", "--files", "a.md", "b.md", "--json", "--model", model).Succeeds().Json.Single();
        Assert.Equal(("a.md", "b.md"), (files.GetProperty("a").GetString(), files.GetProperty("b").GetString()));
        var texts = _tool.Run("similarity", "Penguins cannot fly.", "The invoice is due.", "--json", "--model", model).Succeeds().Json
            .Single();
        Assert.Equal(texts.GetProperty("score").GetSingle(), files.GetProperty("score").GetSingle(), 1e-6f);
        _tool.Run("similarity", "--files", "a.md", "no.md", "--model", model).FailsWith(1, "no.md");
        _tool.Run("similarity", "--files", "--pairs", "a.md").FailsWith(2, "--files");
    }

    [Fact]
    public void Pairs_keep_their_order_and_a_wrong_line_is_named_and_skipped()
    {
        _tool.Write("pairs.tsv", "a\tb\nonly one\nc\td\n\none\ttwo\tthree\na\ta\n");
        var run = _tool.Run("similarity", "--pairs", "pairs.tsv", "--model", Assets.Require("golden/architectures/st_static"));
        run.FailsWith(3, "pairs.tsv line 2 has 1 column:", "pairs.tsv line 5 has 3 columns:");
        Assert.EndsWith("2 skipped.\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            [("a", "b"), ("c", "d"), ("a", "a")],
            run.Json.Select(line => (line.GetProperty("a").GetString(), line.GetProperty("b").GetString())));
        Assert.Equal(1, run.Json[^1].GetProperty("score").GetSingle(), 1e-5f);
    }

    [Fact]
    public void A_file_without_any_pair_is_a_failure()
    {
        _tool.Write("pairs.tsv", "no tabs\nhere\n");
        _tool.Run("similarity", "--pairs", "pairs.tsv", "--model", Assets.Require("golden/architectures/st_static")).FailsWith(1, "line 1");
    }
}
