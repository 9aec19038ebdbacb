using Simile.Numerics;

namespace Simile.Analysis.Tests.Outliers;

public class OutliersTests
{
    [Fact]
    public void Factors_are_those_of_the_definition()
    {
        var vectors = Rows.Gauss(60, 3, new Random(5));
        var distances = Enumerable.Range(0, 60)
            .Select(i => Enumerable.Range(0, 60).Where(j => j != i)
                .Select(j => (Row: j, Distance: Math.Sqrt(-Metric.L2.Score(vectors[i], vectors[j]))))
                .OrderBy(n => n.Distance)
                .Take(7)
                .ToArray())
            .ToArray();
        double Density(int i) => 1 / distances[i].Average(n => Math.Max(n.Distance, distances[n.Row][^1].Distance));
        var found = Analysis.Outliers.Find(vectors, new OutlierOptions { K = 7 });
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(distances[i].Average(n => Density(n.Row)) / Density(i), found.Scores[i], 1e-4);
            Assert.Equal(distances[i].Select(n => n.Row), found.Neighbors(i).ToArray());
        }
    }

    [Theory]
    [InlineData(OutlierMethod.LocalOutlierFactor)]
    [InlineData(OutlierMethod.NeighborDistance)]
    [InlineData(OutlierMethod.ClusterDistance)]
    public void What_is_far_off_comes_first(OutlierMethod method)
    {
        var vectors = Rows.Groups(300, 4, 3);
        vectors[17].Fill(9);
        var found = Analysis.Outliers.Find(
            vectors,
            new OutlierOptions { Method = method, Clusters = method == OutlierMethod.ClusterDistance ? Rows.GroupsOf(300, 3) : null });
        Assert.Equal(17, found.Ranked[0]);
        Assert.Equal(300, found.Ranked.Distinct().Count());
        Assert.True(found.Scores[found.Ranked[0]] >= found.Scores[found.Ranked[1]]);
    }

    [Fact]
    public void Clusters_are_found_where_none_are_given_and_noise_is_judged_by_the_nearest()
    {
        var vectors = Rows.Groups(300, 4, 3);
        Assert.Equal(300, Analysis.Outliers.Find(vectors, new OutlierOptions { Method = OutlierMethod.ClusterDistance }).Clusters!.Count);
        var labels = Rows.GroupsOf(300, 3);
        labels[5] = -1;
        var found = Analysis.Outliers.Find(vectors, new OutlierOptions { Method = OutlierMethod.ClusterDistance, Clusters = labels });
        Assert.InRange(found.Scores[5], 0.1, 5);
    }

    [Fact]
    public void Equal_points_are_all_usual()
    {
        Assert.All(Analysis.Outliers.Find(Rows.Equal(30, 4)).Scores, s => Assert.Equal(1, s, 1e-6));
        Assert.All(
            Analysis.Outliers.Find(Rows.Equal(30, 4), new OutlierOptions { Method = OutlierMethod.ClusterDistance }).Scores,
            s => Assert.Equal(0, s, 1e-6));
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(new VectorMatrix(0, 3)));
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(Rows.Equal(1, 3)));
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(Rows.Equal(5, 3), new OutlierOptions { K = 5 }));
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(Rows.Of([0], [float.NaN], [1])));
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(Rows.Equal(5, 3), new OutlierOptions { Metric = Metric.Dot }));
        Sentence.Of<ArgumentException>(() =>
            Analysis.Outliers.Find(Rows.Equal(5, 3), new OutlierOptions { Method = OutlierMethod.ClusterDistance, Clusters = [1, 2] }));
        Sentence.Of<ArgumentException>(() => Analysis.Outliers.Find(
            Rows.Equal(3, 3), new OutlierOptions { Method = OutlierMethod.ClusterDistance, Clusters = [-1, -1, -1] }));
    }
}
