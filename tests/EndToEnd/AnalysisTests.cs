using System.Globalization;
using System.Text.Json;
using Simile.Testing;

namespace EndToEnd;

public sealed class AnalysisTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Assets.Repository, "samples");
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("tsne")]
    [InlineData("umap")]
    [InlineData("pca")]
    public void A_map_of_vectors_keeps_groups_together(string method)
    {
        Blobs(3, 20);
        var points = _tool.Run(
            "map", "v.jsonl", "--method", method, "--json", "--out", "m.png", "--out",
            "m.svg", "--out", "m.html", "--out", "m.csv", "--out", "m.parquet")
            .Succeeds().Json;
        Assert.Equal(Enumerable.Range(0, 60), points.Select(point => point.GetProperty("row").GetInt32()));
        Assert.All(
            new[] { "m.png", "m.svg", "m.html", "m.csv", "m.parquet" },
            name => Assert.True(new FileInfo(_tool.In(name)).Length > 500, name));
        var right = Enumerable.Range(0, 60).Count(i => Nearest(points, i) / 20 == i / 20);
        Assert.True(right >= 57, $"{right}");
    }

    [Fact]
    public void By_cosine_the_lengths_of_vectors_change_neither_map_nor_clusters()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 40)
            .Select(i => Enumerable.Range(0, 3).Select(j => (i % 2 == j ? 10 : 0) + random.NextDouble()).ToArray())
            .ToArray();
        var lines = rows.Concat(rows.Select(row => Array.ConvertAll(row, value => 50 * value)));
        _tool.Write("v.jsonl", string.Join(
            '\n',
            lines.Select(row => $"{{\"vector\":[{string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]}}"))
            + "\n");
        var points = _tool.Run("map", "v.jsonl", "--method", "pca", "--metric", "cosine", "--json").Succeeds().Json;
        Assert.All(Enumerable.Range(0, 40), i => Assert.InRange(Square("x", i, i + 40, points) + Square("y", i, i + 40, points), 0, 1e-8));
        var clusters = _tool.Run("cluster", "v.jsonl", "--method", "hdbscan", "--metric", "cosine", "--json").Succeeds().Json
            .Select(line => line.GetProperty("cluster").GetInt32())
            .ToArray();
        Assert.Equal(clusters[..40], clusters[40..]);
        Assert.Equal(2, clusters.Where(cluster => cluster >= 0).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        Blobs(2, 15);
        var pictures = new[] { "a.png", "b.png" }.Select(name =>
        {
            _tool.Run("map", "v.jsonl", "--out", name).Succeeds();
            return File.ReadAllBytes(_tool.In(name));
        }).ToArray();
        Assert.Equal(pictures[0], pictures[1]);
    }

    [Fact]
    public void A_map_of_files_names_them_as_they_were_given_and_colors_by_folder()
    {
        _tool.Write("notes/birds/a.txt", "Penguins are birds that cannot fly.");
        _tool.Write("notes/birds/b.txt", "Owls hunt mice at night.");
        _tool.Write("notes/money/c.txt", "The invoice is due in March.");
        _tool.Write("notes/money/d.txt", "Taxes are paid once a year.");
        var points = _tool.Run("map", "notes", "--color", "folder", "--json").Succeeds().Json;
        Assert.Equal(["a.txt", "b.txt", "c.txt", "d.txt"], points.Select(point => Path.GetFileName(point.GetProperty("path").GetString())));
        Assert.StartsWith("notes", points[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal(["birds", "birds", "money", "money"], points.Select(point => point.GetProperty("group").GetString()));
    }

    [Theory]
    [InlineData("kmeans")]
    [InlineData("hdbscan")]
    [InlineData("leiden")]
    public void Clusters_are_those_that_are_there(string method)
    {
        Blobs(3, 20);
        var lines = _tool.Run("cluster", "v.jsonl", "--method", method, "--json").Succeeds().Json;
        Assert.Equal(["row", "cluster", "name"], lines[0].EnumerateObject().Select(property => property.Name));
        var clusters = lines.Select(line => line.GetProperty("cluster").GetInt32()).ToArray();
        Assert.Equal(3, clusters.Where(cluster => cluster >= 0).Distinct().Count());
        Assert.True(Enumerable.Range(0, 60).Count(i => clusters[i] == clusters[i / 20 * 20]) > 55);
    }

    [Fact]
    public void Duplicates_are_listed_and_moved_after_a_yes_and_none_is_lost()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly, but swim.");
        _tool.Write("notes/b/a.txt", "Penguins are birds that cannot fly, but swim.");
        _tool.Write("notes/c.txt", "The invoice is due in March, and taxes are paid once a year.");
        _tool.Write("away/a.txt", "something else");
        var lines = _tool.Run("duplicates", "notes", "--exact", "--json").Succeeds().Json;
        Assert.Equal(
            [Path.Combine("notes", "a.txt"), Path.Combine("notes", "b", "a.txt")],
            lines.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(["group", "path", "score"], lines[0].EnumerateObject().Select(property => property.Name));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("score").GetSingle(), 3));

        _tool.Run("duplicates", "notes", "--exact", "--move-to", "away").FailsWith(1, "--yes");
        Assert.True(File.Exists(_tool.In("notes/b/a.txt")));
        _tool.Run("duplicates", "notes", "--exact", "--move-to", "notes/away", "--yes").FailsWith(1, "outside");
        _tool.Run("duplicates", "notes", "--exact", "--move-to", "away", "--yes").Succeeds();
        Assert.False(File.Exists(_tool.In("notes/b/a.txt")));
        Assert.Equal("something else", File.ReadAllText(_tool.In("away/a.txt")));
        Assert.StartsWith("Penguins", File.ReadAllText(_tool.In("away/a-2.txt")), StringComparison.Ordinal);
        Assert.True(File.Exists(_tool.In("notes/a.txt")));
    }

    [Fact]
    public void The_largest_or_the_oldest_file_is_kept()
    {
        _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.");
        _tool.Write("notes/b.txt", "Penguins are birds that cannot fly.\n");
        File.SetLastWriteTimeUtc(_tool.In("notes/a.txt"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.EndsWith("b.txt", Kept("largest"), StringComparison.Ordinal);
        Assert.EndsWith("a.txt", Kept("oldest"), StringComparison.Ordinal);

        string Kept(string policy) => _tool.Run(
            "duplicates", "notes", "--threshold", ".99", "--keep", policy, "--json").Succeeds().Json[0].GetProperty("path").GetString()!;
    }

    [Fact]
    public void What_lies_far_from_all_is_the_first_outlier_with_its_neighbors()
    {
        Blobs(1, 40, extra: [[30, 30, 30]]);
        var lines = _tool.Run("outliers", "v.jsonl", "--json").Succeeds().Json;
        Assert.Equal(41, lines.Length);
        Assert.Equal(["row", "score", "neighbors"], lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(40, lines[0].GetProperty("row").GetInt32());
        Assert.Equal(3, lines[0].GetProperty("neighbors").GetArrayLength());
        Assert.Single(_tool.Run("outliers", "v.jsonl", "--json", "--top", "1").Succeeds().Json);
    }

    [Theory]
    [InlineData("pca")]
    [InlineData("random")]
    [InlineData("truncate")]
    public void Vectors_are_shortened(string method)
    {
        Blobs(2, 10);
        _tool.Run("reduce", "v.jsonl", "--to", "2", "--method", method, "--out", "short.jsonl", "--json").Succeeds();
        var rows = File.ReadAllLines(_tool.In("short.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("vector").GetArrayLength());
        Assert.Equal(Enumerable.Repeat(2, 20), rows);
    }

    [Theory]
    [InlineData("map", "--json")]
    [InlineData("cluster", "--json")]
    [InlineData("duplicates", "--json")]
    [InlineData("outliers", "--json")]
    [InlineData("reduce", "--to", "2", "--out", "r.npy")]
    public void Bad_input_is_said_in_a_sentence(string verb, params string[] options)
    {
        _tool.Write("nan.jsonl", "{\"vector\":[1,2,3]}\n{\"vector\":[1,NaN,3]}\n");
        _tool.Write("empty.jsonl", string.Empty);
        Directory.CreateDirectory(_tool.In("folder"));
        Run("nan.jsonl").FailsWith(1);
        Run("empty.jsonl").FailsWith(1);
        Run("folder").FailsWith(1, "was found in");
        Run("nothing.npy").FailsWith(1, "nothing.npy");
        Run("empty.jsonl", "--nonsense").FailsWith(2);

        Outcome Run(params string[] paths) => _tool.Run([verb, .. paths, .. options]);
    }

    [Fact]
    public void One_point_and_equal_points_have_a_map_and_too_few_for_the_rest_are_refused()
    {
        _tool.Write("one.jsonl", "{\"vector\":[1,2,3]}\n");
        _tool.Write("equal.jsonl", string.Concat(Enumerable.Repeat("{\"vector\":[1,2,3]}\n", 8)));
        Assert.Equal(0, _tool.Run("map", "one.jsonl", "--json").Succeeds().Json[0].GetProperty("x").GetSingle());
        Assert.Equal(8, _tool.Run("map", "equal.jsonl", "--json", "--color", "none").Succeeds().Json.Length);
        _tool.Run("cluster", "one.jsonl").FailsWith(1, "at least");
        _tool.Run("cluster", "equal.jsonl", "--k", "9").FailsWith(1);
        _tool.Run("outliers", "one.jsonl").FailsWith(1, "at least");
        Assert.Empty(_tool.Run("duplicates", "one.jsonl", "--json").Succeeds().Json);
        Assert.Equal(8, _tool.Run("duplicates", "equal.jsonl", "--json").Succeeds().Json.Length);
        _tool.Run("reduce", "one.jsonl", "--to", "2", "--out", "r.npy").FailsWith(1);
        _tool.Run("reduce", "equal.jsonl", "--to", "9", "--out", "r.npy").FailsWith(1, "shortened");
        _tool.Run("map", "equal.jsonl", "--json", "--labels", "folders").FailsWith(1, "folder");
        _tool.Write("two.txt", "a\nb\n");
        _tool.Run("map", "equal.jsonl", "--json", "--labels", "two.txt").FailsWith(1, "2 labels for 8 items");
        _tool.Run("map", "equal.jsonl").FailsWith(2, "--out");
        _tool.Run("map", "equal.jsonl", "--out", "a.gif").FailsWith(2, ".png");
    }

    [Fact]
    public void A_store_is_mapped_as_it_is()
    {
        _tool.Run("index", Samples, "--store", "s").Succeeds();
        var points = _tool.Run("map", "s", "--json", "--method", "pca").Succeeds().Json;
        Assert.Equal(Directory.EnumerateFiles(Samples).Count(), points.Length);
    }

    private static int Nearest(JsonElement[] points, int i) =>
        Enumerable.Range(0, points.Length).Where(j => j != i).MinBy(j => Square("x", i, j, points) + Square("y", i, j, points));

    private static double Square(string axis, int i, int j, JsonElement[] points) =>
        Math.Pow(points[i].GetProperty(axis).GetDouble() - points[j].GetProperty(axis).GetDouble(), 2);

    private void Blobs(int groups, int count, float[][]? extra = null)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, groups * count)
            .Select(i => Enumerable.Range(0, 3).Select(j => (float)((i / count == j ? 10 : 0) + random.NextDouble())).ToArray());
        var lines = rows.Concat(extra ?? [])
            .Select(row => $"{{\"vector\":[{string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]}}");
        _tool.Write("v.jsonl", string.Join('\n', lines) + "\n");
    }
}
