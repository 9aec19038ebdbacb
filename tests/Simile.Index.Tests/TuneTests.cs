using Simile.Numerics;

namespace Simile.Index.Tests;

public class TuneTests
{
    [Theory]
    [InlineData("Ef")]
    [InlineData("NProbe")]
    public void The_least_breadth_that_finds_enough_is_set(string setting)
    {
        var vectors = Vectors(6000, 48, 1);
        using VectorIndex index = setting == "Ef" ? new HnswIndex(Metric.L2, 48) : new IvfIndex(Metric.L2, 48);
        index.Add(vectors);
        var little = index.Tune(0.6, Vectors(200, 48, 2));
        var much = index.Tune(0.98, Vectors(200, 48, 2));
        Assert.Equal((setting, setting), (little.Setting, much.Setting));
        Assert.True(little.Value < much.Value);
        Assert.InRange(much.Recall, 0.98, 1);
        Assert.InRange(little.Recall, 0.6, much.Recall);
        Assert.Equal(much.Value, index is HnswIndex hnsw ? hnsw.Ef : ((IvfIndex)index).NProbe);
    }

    [Fact]
    public void Without_queries_vectors_of_its_own_are_asked_for_but_not_themselves()
    {
        using var index = new HnswIndex(Metric.Cosine, 48);
        index.Add(Vectors(3000, 48, 1));
        Assert.InRange(index.Tune(0.95).Recall, 0.95, 1);
    }

    [Fact]
    public void An_exact_index_has_nothing_to_set()
    {
        using var index = new FlatIndex(Metric.Cosine, 48);
        index.Add(Vectors(100, 48, 1));
        Assert.Equal((string.Empty, 1), (index.Tune(0.95).Setting, index.Tune(0.95).Recall));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        using var index = new HnswIndex(Metric.Cosine, 4);
        Assert.Throws<ArgumentException>(() => index.Tune());
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Tune(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Tune(double.NaN));
        Assert.Throws<ArgumentException>(() => index.Tune(0.9, new VectorMatrix(1, 3)));
    }

    [Fact]
    public void Tuning_stops_when_asked()
    {
        using var index = new HnswIndex(Metric.L2, 48);
        index.Add(Vectors(500, 48, 1));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => index.Tune(0.95, cancellationToken: stop.Token));
    }

    [Fact]
    public void A_metric_that_is_not_built_in_is_taken_for_no_other()
    {
        const Metric Unknown = (Metric)99;
        Assert.ThrowsAny<ArgumentException>(() => new FlatIndex(Unknown, 4));
        Assert.ThrowsAny<ArgumentException>(() => new HnswIndex(Unknown, 4));
        Assert.ThrowsAny<ArgumentException>(() => new IvfIndex(Unknown, 4));
        Assert.ThrowsAny<ArgumentException>(() => Unknown.Score([1], [1]));
    }

    private static VectorMatrix Vectors(int count, int dimensions, int seed)
    {
        var (centers, random) = (new Random(0), new Random(seed));
        var middle = new float[40 * dimensions];
        for (var i = 0; i < middle.Length; i++)
        {
            middle[i] = centers.NextSingle();
        }

        var vectors = new VectorMatrix(count, dimensions);
        for (var i = 0; i < count; i++)
        {
            var cluster = random.Next(40);
            for (var j = 0; j < dimensions; j++)
            {
                vectors[i][j] = middle[(cluster * dimensions) + j] + ((random.NextSingle() - 0.5f) / (1 + (j / 12f)));
            }
        }

        return vectors;
    }
}
