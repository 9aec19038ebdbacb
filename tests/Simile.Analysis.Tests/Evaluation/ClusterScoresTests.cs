using Simile.Numerics;

namespace Simile.Analysis.Tests.Evaluation;

public class ClusterScoresTests
{
    [Fact]
    public void Scores_of_four_points_are_those_by_hand()
    {
        var vectors = Rows.Of([0], [2], [10], [12]);
        int[] labels = [7, 7, -1, -1];
        double[] silhouettes = [1 - (2 / 11.0), 1 - (2 / 9.0), 1 - (2 / 9.0), 1 - (2 / 11.0)];
        Assert.Equal(silhouettes.Average(), ClusterScores.Silhouette(vectors, labels), 1e-7);
        Assert.Equal(2 / 10.0, ClusterScores.DaviesBouldin(vectors, labels), 1e-12);
        Assert.Equal(100 * 2 / (4 * 1.0), ClusterScores.CalinskiHarabasz(vectors, labels), 1e-12);
    }

    [Fact]
    public void A_cluster_of_one_has_silhouette_0() =>
        Assert.Equal((1 - (1 / 9.0) + 1 - (1 / 10.0)) / 3, ClusterScores.Silhouette(Rows.Of([0], [1], [10]), [0, 0, 1]), 1e-6);

    [Fact]
    public void Cosine_does_not_see_lengths()
    {
        var (vectors, labels) = (Rows.Groups(60, 5, 3), Rows.GroupsOf(60, 3));
        var before = ClusterScores.Silhouette(vectors, labels, Metric.Cosine);
        for (var i = 0; i < vectors.Count; i++)
        {
            VectorMath.Scale(vectors[i], 1 + i, vectors[i]);
        }

        Assert.Equal(before, ClusterScores.Silhouette(vectors, labels, Metric.Cosine), 1e-5);
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused_in_a_sentence()
    {
        var vectors = Rows.Of([0], [1], [2]);
        Sentence.Of<ArgumentException>(() => ClusterScores.Silhouette(vectors, [0, 1]));
        Sentence.Of<ArgumentException>(() => ClusterScores.Silhouette(vectors, [0, 0, 0]));
        Sentence.Of<ArgumentException>(() => ClusterScores.DaviesBouldin(vectors, [0, 1, 2]));
        Sentence.Of<ArgumentException>(() => ClusterScores.CalinskiHarabasz(new VectorMatrix(0, 2), []));
        Sentence.Of<ArgumentException>(() => ClusterScores.Silhouette(Rows.Of([0], [float.NaN], [2]), [0, 0, 1]));
        Sentence.Of<ArgumentException>(() => ClusterScores.Silhouette(vectors, [0, 0, 1], Metric.Dot));
    }

    [Fact]
    public void Labelings_agree_whatever_labels_are_called()
    {
        int[] a = [0, 0, 1, 1, 2, 2], renamed = [5, 5, -1, -1, 9, 9], split = [0, 1, 2, 3, 4, 5], one = [0, 0, 0, 0, 0, 0];
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(a, renamed), 1e-12);
        Assert.Equal(1, LabelingScores.NormalizedMutualInformation(a, renamed), 1e-12);
        Assert.Equal(1, LabelingScores.VMeasure(a, renamed), 1e-12);
        Assert.Equal(1, LabelingScores.Homogeneity(a, split), 1e-12);
        Assert.Equal(Math.Log(3) / Math.Log(6), LabelingScores.Completeness(a, split), 1e-12);
        Assert.Equal(0, LabelingScores.AdjustedRandIndex(a, one), 1e-12);
        Assert.Equal(0, LabelingScores.VMeasure(a, one), 1e-12);
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(one, one), 1e-12);
        Sentence.Of<ArgumentException>(() => LabelingScores.VMeasure(a, [1]));
        Sentence.Of<ArgumentException>(() => LabelingScores.AdjustedRandIndex([], []));
    }
}
