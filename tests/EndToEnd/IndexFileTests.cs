namespace EndToEnd;

public sealed class IndexFileTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("hnsw", "Ef")]
    [InlineData("ivf", "NProbe")]
    [InlineData("flat", "")]
    public void An_index_is_built_of_vectors_and_set_to_a_recall(string type, string setting)
    {
        Embed(400);
        var built = _tool.Run("index", "build", "v.npy", "--output", "v.simi", "--type", type, "--json").Succeeds().Json.Single();
        Assert.Equal((400, 512), (built.GetProperty("vectors").GetInt32(), built.GetProperty("dimensions").GetInt32()));
        var tuned = _tool.Run("index", "tune", "v.simi", "--recall", "0.9", "--queries", "v.npy", "--top", "3", "--json").Succeeds().Json.Single();
        Assert.Equal(setting, tuned.GetProperty("setting").GetString());
        Assert.InRange(tuned.GetProperty("recall").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void What_is_no_vectors_or_no_index_is_said_in_a_sentence()
    {
        File.WriteAllText(_tool.In("a.npy"), "text");
        _tool.Run("index", "build", "a.npy", "--output", "a.simi").FailsWith(1, "NumPy");
        _tool.Run("index", "build", "no.npy", "--output", "a.simi").FailsWith(1, "no file");
        _tool.Run("index", "tune", "a.npy").FailsWith(1, "not an index file");
        _tool.Run("index", "tune", "a.npy", "--recall", "2").FailsWith(1, "--recall");
        Embed(3);
        File.WriteAllBytes(_tool.In("cut.npy"), File.ReadAllBytes(_tool.In("v.npy"))[..^1]);
        _tool.Run("index", "build", "cut.npy", "--output", "a.simi").FailsWith(1, "cut off");
    }

    private void Embed(int count)
    {
        File.WriteAllLines(_tool.In("texts.txt"), Enumerable.Range(0, count).Select(i => $"sentence {i} of {i * 7919 % 101} about {(i % 3 == 0 ? "birds" : "ships")}"));
        _tool.Run("embed", "texts.txt", "--out", "v.npy").Succeeds();
    }
}
