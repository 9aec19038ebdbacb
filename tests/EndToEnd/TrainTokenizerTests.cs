namespace EndToEnd;

public sealed class TrainTokenizerTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("bpe")]
    [InlineData("wordpiece")]
    [InlineData("unigram")]
    public void A_vocabulary_is_trained_and_used(string kind)
    {
        File.WriteAllLines(_tool.In("a.txt"), Enumerable.Repeat("the small bird sings on the river", 50));
        File.WriteAllLines(_tool.In("b.txt"), Enumerable.Repeat("a bird that cannot fly", 50));
        var made = _tool.Run("tokenize", "--train", kind, "a.txt", "b.txt", "--vocab-size", "400", "--out", "tokenizer.json", "--json")
            .Succeeds().Json
            .Single();
        Assert.InRange(made.GetProperty("tokens").GetInt32(), 20, 400);
        var line = _tool.RunWith("the bird\n", "tokenize", "--no-special-tokens", "--model", "tokenizer.json").Succeeds().Json.Single();
        Assert.Equal(2, line.GetProperty("ids").GetArrayLength());
    }

    [Fact]
    public void What_cannot_be_trained_on_is_said_in_a_sentence_and_nothing_is_written()
    {
        File.WriteAllText(_tool.In("empty.txt"), "");
        File.WriteAllBytes(_tool.In("binary.txt"), [0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 10, 0xff, 0xfe, 0x80, 10]);
        Directory.CreateDirectory(_tool.In("folder"));
        Train("empty.txt").FailsWith(1, "no words");
        Train("binary.txt").FailsWith(1, "binary");
        Train("folder").FailsWith(1, "folder");
        Train("nothing.txt").FailsWith(1, "nothing.txt");
        Assert.Empty(Directory.GetFiles(_tool.Folder, "*.json*"));
    }

    [Fact]
    public void Options_that_do_not_fit_are_said_in_a_sentence()
    {
        File.WriteAllText(_tool.In("one.txt"), "one");
        _tool.Run("tokenize", "--train", "bpe", "one.txt").FailsWith(2, "--out");
        _tool.Run("tokenize", "one.txt", "one.txt").FailsWith(2, "--train");
        _tool.Run("tokenize", "--train", "magic", "one.txt", "--out", "t.json").FailsWith(2, "magic");
        _tool.Run("tokenize", "--train", "bpe", "one.txt", "--out", "t.json", "--vocab-size", "10").FailsWith(1, "vocabulary size is 10");
    }

    private Outcome Train(string file) => _tool.Run("tokenize", "--train", "bpe", file, "--out", "tokenizer.json");
}
