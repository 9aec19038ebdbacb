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
        var tuned = _tool.Run("index", "tune", "v.simi", "--recall", "0.9", "--queries", "v.npy", "--top", "3", "--json").Succeeds().Json
            .Single();
        Assert.Equal(setting, tuned.GetProperty("setting").GetString());
        Assert.InRange(tuned.GetProperty("recall").GetDouble(), 0.9, 1);
    }

    [Theory]
    [InlineData("hnsw", "--ef")]
    [InlineData("ivf", "--nprobe")]
    [InlineData("flat", null)]
    public void The_nearest_of_many_vectors_are_their_ids_and_scores(string type, string? breadth)
    {
        Embed(300);
        _tool.Run("index", "build", "v.npy", "--out", "v.simi", "--type", type).Succeeds();
        string[] search =
        [
            "index", "search", "v.npy", "--index", "v.simi", "--top", "3", .. breadth is null ? (string[])[] : [breadth, "300"],
        ];
        var lines = _tool.Run([.. search, "--json"]).Succeeds().Json;
        Assert.Equal(Enumerable.Range(0, 300), lines.Select(line => line.GetProperty("query").GetInt32()));
        Assert.All(lines, (line, i) =>
        {
            var scores = line.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle()).ToArray();
            Assert.Equal(i, line.GetProperty("ids")[0].GetInt32());
            Assert.Equal(1, scores[0], 1e-4f);
            Assert.Equal((3, 3), (scores.Length, line.GetProperty("ids").GetArrayLength()));
            Assert.Equal(scores.OrderDescending(), scores);
        });
        Assert.Equal(300, _tool.Run(search).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.Equal("v.npz", _tool.Run([.. search, "--out", "v.npz", "--json"]).Succeeds().Json.Single().GetProperty("path").GetString());
        using (var archive = System.IO.Compression.ZipFile.OpenRead(_tool.In("v.npz")))
        {
            Assert.Equal(["ids.npy", "scores.npy"], archive.Entries.Select(entry => entry.FullName));
            var ids = Bytes(archive.Entries[0]);
            Assert.Contains(
                "'<i8', 'fortran_order': False, 'shape': (300, 3)",
                System.Text.Encoding.ASCII.GetString(ids[..128]),
                StringComparison.Ordinal);
            Assert.Equal(
                lines.SelectMany(line => line.GetProperty("ids").EnumerateArray()).Select(id => id.GetInt64()),
                Enumerable.Range(0, 900).Select(i => BitConverter.ToInt64(ids, 128 + (8 * i))));
            var scores = Bytes(archive.Entries[1]);
            Assert.Equal(
                lines.SelectMany(line => line.GetProperty("scores").EnumerateArray()).Select(id => id.GetSingle()),
                Enumerable.Range(0, 900).Select(i => BitConverter.ToSingle(scores, 128 + (4 * i))));
        }

        _tool.Run([.. search, "--out", "v.jsonl"]).Succeeds();
        Assert.Equal(lines.Select(line => line.GetRawText()), File.ReadAllLines(_tool.In("v.jsonl")));

        static byte[] Bytes(System.IO.Compression.ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    [Fact]
    public void A_search_that_cannot_be_is_said_in_a_sentence()
    {
        Embed(3);
        _tool.Run("index", "build", "v.npy", "--output", "graph.simi").Succeeds();
        _tool.Run("index", "build", "v.npy", "--output", "lists.simi", "--type", "ivf").Succeeds();
        _tool.Run("index", "build", "v.npy", "--output", "rows.simi", "--type", "flat").Succeeds();
        _tool.Run("index", "search", "no.npy", "--index", "graph.simi").FailsWith(1, "no.npy");
        _tool.Run("index", "search", "v.npy", "--index", "no.simi").FailsWith(1, "no.simi");
        _tool.Run("index", "search", "v.npy", "--index", "v.npy").FailsWith(1, "not an index file");
        _tool.Run("index", "search", "graph.simi", "--index", "graph.simi").FailsWith(1, "not a NumPy file");
        _tool.Run("index", "search", "v.npy", "--index", "graph.simi", "--nprobe", "3").FailsWith(1, "hnsw", "--ef");
        _tool.Run("index", "search", "v.npy", "--index", "lists.simi", "--ef", "3").FailsWith(1, "ivf", "--nprobe");
        _tool.Run("index", "search", "v.npy", "--index", "rows.simi", "--ef", "3").FailsWith(1, "exact");
        _tool.Run("index", "search", "v.npy", "--index", "rows.simi", "--out", "no/such/v.npz").FailsWith(1, "The folder");
        _tool.Run("embed", "texts.txt", "--out", "small.npy", "--model", Simile.Testing.Assets.Require("golden/architectures/st_static"))
            .Succeeds();
        _tool.Run("index", "search", "small.npy", "--index", "rows.simi", "--out", "v.npz").FailsWith(1, "512 dimensions");
        Assert.Empty(Directory.GetFiles(_tool.Folder, "*.npz*"));
        Assert.Equal(
            3,
            _tool.Run("index", "search", "v.npy", "--index", "rows.simi", "--top", "50", "--json").Succeeds().Json[0].GetProperty("ids")
                .GetArrayLength());
    }

    [Fact]
    public void What_is_no_vectors_or_no_index_is_said_in_a_sentence()
    {
        File.WriteAllText(_tool.In("a.npy"), "text");
        _tool.Run("index", "build", "a.npy", "--output", "a.simi").FailsWith(1, "NumPy");
        _tool.Run("index", "build", "no.npy", "--output", "a.simi").FailsWith(1, "no file");
        _tool.Run("index", "tune", "a.npy").FailsWith(1, "not an index file");
        _tool.Run("index", "tune", "a.npy", "--recall", "2").FailsWith(2, "--recall");
        Embed(3);
        File.WriteAllBytes(_tool.In("cut.npy"), File.ReadAllBytes(_tool.In("v.npy"))[..^1]);
        _tool.Run("index", "build", "cut.npy", "--output", "a.simi").FailsWith(1, "truncated");
    }

    private void Embed(int count)
    {
        File.WriteAllLines(
            _tool.In("texts.txt"),
            Enumerable.Range(0, count).Select(i => $"sentence {i} of {i * 7919 % 101} about {(i % 3 == 0 ? "birds" : "ships")}"));
        _tool.Run("embed", "texts.txt", "--out", "v.npy").Succeeds();
    }
}
