namespace EndToEnd;

/// <summary>words train, supervised, classify and lsa.</summary>
public sealed class WordsTrainTests : IDisposable
{
    private readonly Tool _tool = new();

    public WordsTrainTests()
    {
        _tool.Write(
            "corpus.txt",
            string.Concat(Enumerable.Repeat("the cat sat on the mat near the dog\na car drives on the road to the city\n", 200)));
        _tool.Write("labels.txt", string.Concat(
            Enumerable.Repeat("__label__sport the team won the match goal\n__label__food bake the bread with flour and salt\n", 30)));
        _tool.Write("empty.txt", "");
        Directory.CreateDirectory(_tool.In("folder"));
    }

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("skipgram", "words.vec")]
    [InlineData("cbow", "words.bin")]
    [InlineData("glove", "words.vec")]
    [InlineData("ppmi", "words.vec")]
    public void What_was_learnt_can_be_asked(string method, string file)
    {
        var made = _tool.Run("words", "train", "corpus.txt", "--out", file, "--method", method, "--dimensions", "6", "--json")
            .Succeeds().Json
            .Single();
        Assert.Equal(
            (file, 13, 6),
            (made.GetProperty("path").GetString(), made.GetProperty("words").GetInt32(), made.GetProperty("dimensions").GetInt32()));
        Assert.InRange(made.GetProperty("learning_seconds").GetDouble(), 0, made.GetProperty("seconds").GetDouble() + 1e-3);
        Assert.False(Path.Exists(_tool.In(file + ".checkpoint")));
        var near = _tool.Run("words", "nearest", "cat", "--model", file, "--json").Succeeds().Json;
        Assert.Equal(10, near.Length);
        Assert.All(near, line => Assert.InRange(line.GetProperty("score").GetDouble(), -1.00001, 1.00001));
    }

    [Fact]
    public void Learnt_ngrams_know_words_that_were_never_seen()
    {
        Assert.StartsWith(
            "words.bin: 13 words of 6 dimensions",
            _tool.Run("words", "train", "corpus.txt", "--out", "words.bin", "--ngrams", "--dimensions", "6", "--buckets", "500")
                .Succeeds().Output,
            StringComparison.Ordinal);
        Assert.Single(_tool.Run("words", "nearest", "cats", "--model", "words.bin", "-k", "1", "--json").Succeeds().Json);
        _tool.Run("words", "train", "corpus.txt", "--out", "words.vec", "--dimensions", "6").Succeeds();
        _tool.Run("words", "nearest", "cats", "--model", "words.vec").FailsWith(1, "\"cats\"", "cat");
    }

    [Fact]
    public void A_classifier_names_the_labels_it_learnt()
    {
        Assert.Equal(
            "topics.bin: 2 labels\n",
            _tool.Run("words", "supervised", "labels.txt", "--out", "topics.bin", "--dimensions", "8", "--epochs", "10").Succeeds().Output);
        _tool.Write("asked.txt", "the goal of the match\nbread and salt\n");
        var lines = _tool.Run("words", "classify", "asked.txt", "--model", "topics.bin", "-k", "2", "--json").Succeeds().Json;
        Assert.Equal(["the goal of the match", "bread and salt"], lines.Select(line => line.GetProperty("text").GetString()));
        Assert.Equal(["sport", "food"], lines.Select(line => line.GetProperty("labels")[0].GetProperty("label").GetString()));
        Assert.All(lines, line =>
            Assert.Equal(1, line.GetProperty("labels").EnumerateArray().Sum(label => label.GetProperty("probability").GetDouble()), 1e-4));
        Assert.Matches(
            @"^food 0\.\d{4}\n$", _tool.RunWith("bread and salt\n", "words", "classify", "--model", "topics.bin").Succeeds().Output);
        Assert.Empty(_tool.Run("words", "classify", "empty.txt", "--model", "topics.bin").Succeeds().Output);
        _tool.Run("words", "classify", "none.txt", "--model", "topics.bin").FailsWith(1, "none.txt");
        _tool.Run("words", "classify", "folder", "--model", "topics.bin").FailsWith(1, "folder is a folder");
    }

    [Fact]
    public void What_is_no_classifier_is_named()
    {
        _tool.Run("words", "train", "corpus.txt", "--out", "words.bin", "--ngrams", "--dimensions", "4", "--buckets", "100").Succeeds();
        _tool.Run("words", "classify", "corpus.txt", "--model", "words.bin").FailsWith(1, "no labels");
        _tool.Run("words", "classify", "corpus.txt", "--model", "empty.txt").FailsWith(1, "empty.txt");
        _tool.Run("words", "classify", "corpus.txt", "--model", "folder").FailsWith(1, "folder is a folder");
        _tool.Run("words", "classify", "corpus.txt", "--model", "none.bin").FailsWith(1, "none.bin");
        _tool.Run("words", "classify", "corpus.txt").FailsWith(2, "--model");
        _tool.Run("words", "supervised", "corpus.txt", "--out", "made.bin").FailsWith(1, "no labels", "__label__");
    }

    [Fact]
    public void Texts_of_one_topic_are_close_by_latent_semantic_analysis()
    {
        Assert.Matches(
            @"^topics: \d+ words, vectors of 2 dimensions\n$",
            _tool.Run("words", "lsa", "labels.txt", "--out", "topics", "--dimensions", "2").Succeeds().Output);
        var pairs = _tool.Run("similarity", "bread flour", "salt bread", "match goal", "--model", "topics", "--json").Succeeds().Json;
        Assert.True(pairs[0].GetProperty("score").GetDouble() > 0.9);
        Assert.True(pairs[1].GetProperty("score").GetDouble() < 0.5);
        _tool.Run("words", "lsa", "labels.txt", "--out", "made").FailsWith(1, "100 dimensions", "at most");
        _tool.Run("words", "lsa", "labels.txt", "--out", "labels.txt").FailsWith(1, "labels.txt is a file");
    }

    [Theory]
    [InlineData("train", "made.vec")]
    [InlineData("train", "made.vec", "--method", "glove")]
    [InlineData("train", "made.vec", "--method", "ppmi")]
    [InlineData("supervised", "made.bin")]
    [InlineData("lsa", "made")]
    public void What_cannot_be_learnt_from_is_named(string verb, string output, params string[] options)
    {
        foreach (var (file, word) in new[] { ("none.txt", "none.txt"), ("empty.txt", "no words"), ("folder", "folder is a folder") })
        {
            _tool.Run(["words", verb, file, "--out", output, .. options]).FailsWith(1, word);
        }

        Assert.False(Path.Exists(_tool.In(output)));
    }

    [Fact]
    public void What_is_learnt_from_is_not_overwritten()
    {
        var before = File.ReadAllText(_tool.In("corpus.txt"));
        _tool.Run("words", "train", "corpus.txt", "--out", "./corpus.txt").FailsWith(1, "corpus.txt is also an input");
        _tool.Run("words", "supervised", "labels.txt", "corpus.txt", "--out", "corpus.txt").FailsWith(1, "corpus.txt is also an input");
        Assert.Equal(before, File.ReadAllText(_tool.In("corpus.txt")));
    }

    [Fact]
    public void Options_without_sense_are_refused()
    {
        string[] train = ["words", "train", "corpus.txt", "--out"];
        _tool.Run([.. train, "folder"]).FailsWith(1, "folder is a folder");
        _tool.Run([.. train, "none/words.vec"]).FailsWith(1, "none", "does not exist");
        _tool.Run([.. train, "made.vec", "--min-count", "10000"]).FailsWith(1, "10000");
        _tool.Run([.. train, "made.vec", "--rate", "NaN"]).FailsWith(2, "--rate");
        _tool.Run([.. train, "made.vec", "--method", "glove", "--negative", "3"]).FailsWith(2, "--negative");
        _tool.Run([.. train, "made.vec", "--ngrams", "--min-n", "7"]).FailsWith(2, "--min-n");
        _tool.Run([.. train, "made.vec", "--method", "ppmi", "--dimensions", "50"]).FailsWith(1, "13 words", "50");
        Assert.False(Path.Exists(_tool.In("made.vec")));
    }
}
