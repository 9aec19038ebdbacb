using System.Text.Json;

namespace EndToEnd;

/// <summary>words nearest, analogy, similarity, odd and evaluate, and texts by a file of word vectors.</summary>
public sealed class WordsTests : IDisposable
{
    private const string Vectors = "6 3\nking 1 0 0.1\nman 1 0 0\nqueen 1 1 0.1\nwoman 1 1 0\napple 0 0 1\npear 0 0.1 1\n";

    private readonly Tool _tool = new();

    public WordsTests()
    {
        _tool.Write("words.vec", Vectors);
        _tool.With("SIMILE_MODEL", _tool.In("words.vec"));
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Nearest_is_the_greatest_cosine_first()
    {
        var near = _tool.Run("words", "nearest", "king", "-k", "2", "--json").Succeeds().Json;
        Assert.Equal(["man", "queen"], near.Select(Word));
        Assert.Equal(1 / Math.Sqrt(1.01), Score(near[0]), 1e-6);
        Assert.Equal(1.01 / Math.Sqrt(1.01 * 2.01), Score(near[1]), 1e-6);
        Assert.Equal(" 0.9950  man\n", _tool.Run("words", "nearest", "king", "-k", "1").Succeeds().Output);
        Assert.Equal(5, _tool.Run("words", "nearest", "king", "-k", "100", "--json").Succeeds().Json.Length);
    }

    [Fact]
    public void Analogies_are_answered_by_sums_and_by_products()
    {
        string[] asked = ["words", "analogy", "man", "king", "woman", "-k", "1"];
        Assert.Equal("queen", Word(_tool.Run([.. asked, "--json"]).Succeeds().Json.Single()));
        Assert.Equal("queen", Word(_tool.Run([.. asked, "--json", "--product"]).Succeeds().Json.Single()));
        Assert.EndsWith(
            "  queen\n",
            _tool.Run("words", "analogy", "--plus", "king", "--plus", "woman", "--minus", "man", "-k", "1").Succeeds().Output,
            StringComparison.Ordinal);
        _tool.Run("words", "analogy", "man", "king").FailsWith(2, "three words, not 2");
        _tool.Run("words", "analogy", "man", "king", "woman", "--plus", "apple").FailsWith(2, "--plus");
        _tool.Run("words", "analogy", "man", "king", "womann").FailsWith(1, "\"womann\"", "woman");
    }

    [Fact]
    public void Similarity_compares_each_word_with_each_later_one()
    {
        var pairs = _tool.Run("words", "similarity", "king", "man", "apple", "--json").Succeeds().Json;
        Assert.Equal(
            [("king", "man"), ("king", "apple"), ("man", "apple")],
            pairs.Select(pair => (pair.GetProperty("a").GetString(), pair.GetProperty("b").GetString())));
        Assert.Equal([1 / Math.Sqrt(1.01), 0.1 / Math.Sqrt(1.01), 0], pairs.Select(Score), (a, b) => Math.Abs(a - b) < 1e-6);
        _tool.Run("words", "similarity", "king").FailsWith(2, "two words");
        _tool.Run("words", "similarity", "king", "nobody").FailsWith(1, "\"nobody\"", "6 words");
    }

    [Fact]
    public void The_odd_one_comes_first()
    {
        var words = _tool.Run("words", "odd", "king", "apple", "queen", "man", "--json").Succeeds().Json;
        Assert.Equal("apple", Word(words[0]));
        Assert.Equal(4, words.Length);
        Assert.Equal(words.Select(Score).Order(), words.Select(Score));
        _tool.Run("words", "odd", "king").FailsWith(2, "two words");
        _tool.Run("words", "odd", "king", "nobody").FailsWith(1, "\"nobody\"");
    }

    [Fact]
    public void Pairs_are_compared_with_the_scores_of_people()
    {
        _tool.Write("pairs.tsv", "Word 1\tWord 2\tScore\nking\tman\t9\nking\tqueen\t7\nking\tapple\t1\nking\tnobody\t3\n");
        var found = _tool.Run("words", "evaluate", "pairs.tsv", "--json").Succeeds().Json.Single();
        Assert.Equal(
            (1.0, 3, 1),
            (found.GetProperty("spearman").GetDouble(), found.GetProperty("pairs").GetInt32(), found.GetProperty("left_out").GetInt32()));
        Assert.InRange(found.GetProperty("pearson").GetDouble(), 0.9, 0.9999);
        Assert.StartsWith(
            "Spearman 1.0000, Pearson 0.9", _tool.Run("words", "evaluate", "pairs.tsv").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_pair_has_no_correlation()
    {
        _tool.Write("pair.tsv", "king\tman\t9\n");
        var one = _tool.Run("words", "evaluate", "pair.tsv", "--json").Succeeds().Json.Single();
        Assert.Equal((JsonValueKind.Null, 1), (one.GetProperty("spearman").ValueKind, one.GetProperty("pairs").GetInt32()));
        var line = _tool.Run("words", "evaluate", "pair.tsv").Succeeds().Output;
        Assert.StartsWith("No correlation", line, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Analogies_are_counted_by_section()
    {
        _tool.Write("analogies.txt", ": royal\nman king woman queen\nman king woman nobody\n: fruit\nman king woman apple\n");
        var sections = _tool.Run("words", "evaluate", "analogies.txt", "--json").Succeeds().Json;
        Assert.Equal([("royal", 1, 1), ("fruit", 0, 1)], sections.Select(
            s => (s.GetProperty("section").GetString(), s.GetProperty("correct").GetInt32(), s.GetProperty("asked").GetInt32())));
        Assert.EndsWith("1 of      2  all\n", _tool.Run("words", "evaluate", "analogies.txt").Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no pairs")]
    [InlineData("only one\n", "no pairs")]
    [InlineData("king man 3\nking man NaN\n", "line 2")]
    [InlineData("nobody noone 3\n", "none of the 1 pairs")]
    [InlineData(": section\nking man queen\n", "line 2", "four")]
    [InlineData(": section\nking man queen nobody\n", "no analogy")]
    public void A_file_that_measures_nothing_is_a_failure(string content, params string[] words)
    {
        _tool.Write("asked.txt", content);
        var run = _tool.Run("words", "evaluate", "asked.txt");
        run.FailsWith(1, words);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void What_is_evaluated_must_be_a_file()
    {
        Directory.CreateDirectory(_tool.In("folder"));
        _tool.Run("words", "evaluate", "none.txt").FailsWith(1, "none.txt");
        _tool.Run("words", "evaluate", "folder").FailsWith(1, "folder is a folder");
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("2 3\na 1 NaN 2\nb 1 2 3\n", "line 2", "NaN")]
    [InlineData("2 3\na 1 2\nb 1 2 3\n", "line 2 of bad.vec", "2 numbers")]
    public void Damaged_vectors_are_named(string content, params string[] words)
    {
        _tool.Write("bad.vec", content);
        _tool.Run("words", "nearest", "a", "--model", "bad.vec").FailsWith(1, words);
    }

    [Fact]
    public void What_is_no_file_of_vectors_is_named()
    {
        Directory.CreateDirectory(_tool.In("folder"));
        File.WriteAllBytes(_tool.In("noise.bin"), [0, 1, 2, 255]);
        _tool.Run("words", "nearest", "king", "--model", "none.vec").FailsWith(1, "none.vec");
        _tool.Run("words", "nearest", "king", "--model", "folder").FailsWith(1, "folder is a folder");
        _tool.Run("words", "nearest", "king", "--model", "noise.bin").FailsWith(1, "noise.bin", "damaged");
        _tool.Run("words", "nearest", "kin").FailsWith(1, "\"kin\"", "king");
        _tool.Run("words", "nearest", "").FailsWith(2, "WORD is empty");
        _tool.With("SIMILE_MODEL", null).Run("words", "nearest", "king").FailsWith(1, "--model");
    }

    [Fact]
    public void Passages_without_a_known_word_are_left_out_and_said()
    {
        _tool.Write("notes/known.txt", "the queen and the king");
        _tool.Write("notes/unknown.txt", "foo bar baz");
        var json = _tool.Run("index", "notes", "--store", "store", "--json");
        Assert.Equal(3, json.Code);
        var report = json.Json.Single();
        Assert.Equal((1, 1, 1, 1), (Number("added"), Number("passages"), Number("skipped"), Number("unknown_passages")));
        Assert.Contains("unknown.txt: no known word", json.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            "1 passages; 1 left out: no known word\n", _tool.Run("index", "notes", "--store", "other").Output, StringComparison.Ordinal);
        var found = _tool.Run("find", "king", "notes", "--json");
        Assert.Equal((3, "notes/known.txt"), (found.Code, found.Json.Single().GetProperty("path").GetString()));
        Assert.Contains("unknown.txt: no known word", found.Error, StringComparison.Ordinal);
        _tool.Run("find", "king", "notes/unknown.txt").FailsWith(1, "no known word");

        int Number(string name) => report.GetProperty(name).GetInt32();
    }

    private static string Word(JsonElement line) => line.GetProperty("word").GetString()!;

    private static double Score(JsonElement line) => line.GetProperty("score").GetDouble();
}
