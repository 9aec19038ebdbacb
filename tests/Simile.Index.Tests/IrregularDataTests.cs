using Irregular;
using Simile.Numerics;

namespace Simile.Index.Tests;

/// <summary>A part of the table of bench/Irregular: what indexes with default options find of irregular data.</summary>
public class IrregularDataTests
{
    private const double Least = 0.95;
    private const int Count = 2000;
    private const int Dimensions = 48;

    private static readonly string[] Names =
    [
        "zeros 100", "outliers 1 × 1e4", "outliers 100 × 1e4", "all components 1e4, 20",
        "a cluster far off, 100", "offset 30 × spread", "copies 40 % of 20, one by one",
        "all equal", "10 clusters, tight 1e-4", "uniform, 24 zeros", "heavy tails",
        "a vector of 1e4 that was removed", "others × 10 added one by one",
        "one component 1e4, 1", "all components 1e4, 100", "a cluster far off, 20",
        "equal ones first, then others one by one", "copies 50 % of 20, noise 1e-3, one by one",
    ];

    public static TheoryData<string, Metric> Cases =>
        [.. from name in Names from metric in new[] { Metric.Cosine, Metric.L2, Metric.Dot } select (name, metric)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void HnswIndex_finds_nearly_all_of_irregular_data(string name, Metric metric)
    {
        using var index = new HnswIndex(metric, Dimensions);
        var trial = Trial.Run(index, Irregular.Cases.All(Count, Dimensions).First(one => one.Name == name));
        Assert.True(trial.Recall >= Least || trial.Exact, $"recall {trial.Recall:F3}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IvfIndex_finds_nearly_all_of_irregular_data(string name, Metric metric)
    {
        using var index = new IvfIndex(metric, Dimensions, new IvfOptions { TrainFrom = 1000 });
        var trial = Trial.Run(index, Irregular.Cases.All(Count, Dimensions).First(one => one.Name == name));
        Assert.True(trial.Recall >= Least || trial.Exact, $"recall {trial.Recall:F3}");
    }

    [Theory]
    [InlineData("all components 1e4, 1", Metric.Cosine)]
    [InlineData("all components 1e4, 1", Metric.L2)]
    [InlineData("outliers 1 × 1e4", Metric.L2)]
    public void IvfIndex_with_axes_finds_nearly_all_beside_a_vector_far_off(string name, Metric metric)
    {
        const int Long = 384;
        using var index = new IvfIndex(metric, Long, new IvfOptions { TrainFrom = 1000 });
        var trial = Trial.Run(index, Irregular.Cases.All(Count, Long).First(one => one.Name == name));
        Assert.True(trial.Recall >= Least, $"recall {trial.Recall:F3}");
        Assert.False(trial.Exact);
    }

    public static TheoryData<string, Metric> Replaced =>
        [.. from stretch in new[] { "0.1", "1", "10", "100" }
            from metric in new[] { Metric.Cosine, Metric.L2, Metric.Dot }
            select ($"all replaced by others × {stretch}", metric)];

    [Theory]
    [MemberData(nameof(Replaced))]
    public void HnswIndex_finds_nearly_all_after_every_vector_was_replaced(string name, Metric metric)
    {
        using var index = new HnswIndex(metric, Dimensions);
        var trial = Trial.Run(index, Irregular.Cases.Histories(Count, Dimensions).First(one => one.Name == name));
        Assert.True(trial.Recall >= Least || trial.Exact, $"recall {trial.Recall:F3}");
    }

    [Theory]
    [MemberData(nameof(Replaced))]
    public void IvfIndex_whose_vectors_were_all_replaced_finds_as_much_as_one_made_of_the_new_ones(string name, Metric metric)
    {
        using var index = new IvfIndex(metric, Dimensions, new IvfOptions { TrainFrom = 1000 });
        using var made = new IvfIndex(metric, Dimensions, new IvfOptions { TrainFrom = 1000 });
        var replaced = Irregular.Cases.Histories(Count, Dimensions).First(one => one.Name == name);
        var (trial, direct) = (Trial.Run(index, replaced), Trial.Run(made, replaced with { Fill = (one, all) => one.Add(all) }));
        Assert.True(trial.Recall >= direct.Recall - 0.03, $"recall {trial.Recall:F3}, not {direct.Recall:F3}");
    }

    [Theory]
    [InlineData(1e-3f)]
    [InlineData(1f)]
    [InlineData(-1f)]
    [InlineData(1e3f)]
    public void HnswIndex_finds_as_much_for_queries_of_any_length_and_direction(float length)
    {
        using var index = new HnswIndex(Metric.Dot, Dimensions);
        var data = Irregular.Cases.All(Count, Dimensions).First(one => one.Name == "offset 30 × spread");
        VectorMath.Scale(data.Queries.AsSpan(), length, data.Queries.AsSpan());
        var trial = Trial.Run(index, data);
        Assert.True(trial.Recall >= Least, $"recall {trial.Recall:F3}");
        Assert.False(trial.Exact);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(1000)]
    public void A_walk_finds_great_products_for_queries_from_elsewhere(float offset)
    {
        const int Many = 8000; // fewer would be scanned
        var data = Shapes.Plus(new Shapes(Dimensions, 1).Clean(Many), offset);
        using var index = new HnswIndex(Metric.Dot, Dimensions);
        using var exact = new FlatIndex(Metric.Dot, Dimensions);
        index.Add(data);
        exact.Add(data);
        var (queries, hits, found) = (new Shapes(Dimensions, 2).Clean(100), new Hit[10], 0);
        for (var i = 0; i < queries.Count; i++)
        {
            index.Search(queries[i], hits, ef: 64);
            found += hits.Select(hit => hit.Id).Intersect(exact.Search(queries[i], 10).Select(hit => hit.Id)).Count();
        }

        Assert.InRange(found / 1000.0, Least, 1);
    }

    [Theory]
    [InlineData(Metric.L2, 3, 1)]
    [InlineData(Metric.Cosine, 0, 3)]
    [InlineData(Metric.Cosine, 30, 1)]
    [InlineData(Metric.Cosine, 30, -100)]
    [InlineData(Metric.Dot, 30, 3)]
    public void HnswIndex_finds_nearly_all_for_queries_far_from_all_vectors_also_when_opened(Metric metric, float offset, float noise)
    {
        const int Many = 8000;
        using var index = new HnswIndex(metric, Dimensions);
        using var exact = new FlatIndex(metric, Dimensions);
        var data = Shapes.Plus(new Shapes(Dimensions, 1).Clean(Many), offset);
        index.Add(data);
        exact.Add(data);
        // Without noise, what is opposite to the vectors.
        var queries = noise < 0
            ? Shapes.Plus(new Shapes(Dimensions, 2).Clean(100), -offset)
            : new Shapes(Dimensions, 2).Noise(new Shapes(Dimensions, 2).Clean(100), noise);
        var folder = Directory.CreateTempSubdirectory("simile-test-").FullName;
        index.Save(Path.Combine(folder, "a.simi"));
        using (var opened = VectorIndex.Open(Path.Combine(folder, "a.simi")))
        {
            Assert.Equal(Recall(index), Recall(opened));
        }

        Directory.Delete(folder, recursive: true);
        Assert.InRange(Recall(index), Least, 1);

        double Recall(VectorIndex one) => Enumerable.Range(0, queries.Count).Average(i =>
            one.Search(queries[i], 10).Select(hit => hit.Id).Intersect(exact.Search(queries[i], 10).Select(hit => hit.Id)).Count() / 10.0);
    }

    [Fact]
    public void HnswIndex_that_scans_says_so_until_its_breadth_is_set() =>
        // Walks with few edges that keep few candidates find too little of anything.
        ScansAndSaysSo(
            "Gaussian",
            new HnswIndex(Metric.Cosine, Dimensions, new HnswOptions { M = 4, EfConstruction = 8, Ef = 1 }),
            index => ((HnswIndex)index).Ef = 64);

    [Fact]
    public void IvfIndex_that_scans_says_so_until_its_breadth_is_set() =>
        // Seen from the origin all vectors are in one direction; codes do not tell them.
        ScansAndSaysSo(
            "offset 300 × spread",
            new IvfIndex(Metric.Cosine, Dimensions, new IvfOptions { TrainFrom = 1000 }),
            index => ((IvfIndex)index).NProbe = 8);

    private static void ScansAndSaysSo(string name, VectorIndex index, Action<VectorIndex> setBreadth)
    {
        using var held = index;
        var data = Irregular.Cases.All(Count, Dimensions).First(one => one.Name == name);
        data.AddTo(index);
        Assert.True(index.IsExact);
        using var exact = new FlatIndex(Metric.Cosine, Dimensions);
        Assert.True(exact.IsExact);
        exact.Add(data.Vectors);
        Assert.Equal(exact.Search(data.Queries[0], 10).Select(hit => hit.Id), index.Search(data.Queries[0], 10).Select(hit => hit.Id));
        var folder = Directory.CreateTempSubdirectory("simile-test-").FullName;
        index.Save(Path.Combine(folder, "a.simi"));
        using (var opened = VectorIndex.Open(Path.Combine(folder, "a.simi")))
        {
            Assert.True(opened.IsExact);
        }

        Directory.Delete(folder, recursive: true);
        setBreadth(index);
        Assert.False(index.IsExact);
    }
}
