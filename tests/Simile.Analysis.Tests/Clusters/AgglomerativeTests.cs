using Simile.Numerics;

namespace Simile.Analysis.Tests.Clusters;

public class AgglomerativeTests
{
    [Theory]
    [InlineData(Linkage.Average)]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Single)]
    public void Groups_are_joined_as_the_definition_does(Linkage linkage)
    {
        var vectors = Rows.Gauss(30, 3, new Random(7));
        var tree = Agglomerative.Fit(vectors, new AgglomerativeOptions { Linkage = linkage, Metric = Metric.L2 });
        var (groups, expected) = (Enumerable.Range(0, 30).Select(i => new List<int> { i }).ToList(), new List<float>());
        while (groups.Count > 1)
        {
            var (a, b) = (from x in groups from y in groups where x != y select (x, y)).MinBy(p => Apart(vectors, p.x, p.y, linkage));
            expected.Add(Apart(vectors, a, b, linkage));
            a.AddRange(b);
            groups.Remove(b);
        }

        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], tree.Distances[i], 1e-4);
        }
    }

    [Fact]
    public void A_cut_gives_clear_groups()
    {
        var tree = Agglomerative.Fit(Rows.Groups(120, 8, 6));
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(Rows.GroupsOf(120, 6), tree.Cut(6)));
        Assert.Equal(tree.Cut(6), tree.CutAt(tree.Distances[^6]));
        Assert.Equal(120, tree.Cut(120).Distinct().Count());
        Assert.All(tree.Cut(1), l => Assert.Equal(0, l));
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Agglomerative.Fit(new VectorMatrix(0, 3)));
        Sentence.Of<ArgumentException>(() => Agglomerative.Fit(Rows.Equal(4, 3)).Cut(5));
        Sentence.Of<ArgumentException>(() => Agglomerative.Fit(Rows.Of([0], [float.NaN])));
        Assert.Equal([0], Agglomerative.Fit(Rows.Equal(1, 3)).Cut(1));
        Assert.All(Agglomerative.Fit(Rows.Equal(5, 3)).CutAt(1e-6f), l => Assert.Equal(0, l));
    }

    private static float Apart(VectorMatrix vectors, List<int> a, List<int> b, Linkage linkage)
    {
        var distances = (from x in a from y in b select MathF.Sqrt(-Metric.L2.Score(vectors[x], vectors[y]))).ToArray();
        return linkage switch { Linkage.Average => distances.Average(), Linkage.Complete => distances.Max(), _ => distances.Min() };
    }
}
