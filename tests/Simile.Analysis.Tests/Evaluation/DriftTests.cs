using Simile.Numerics;

namespace Simile.Analysis.Tests.Evaluation;

public class DriftTests
{
    [Fact]
    public void Collections_of_one_distribution_do_not_drift_and_shifted_ones_do()
    {
        var random = new Random(3);
        var (a, b, c) = (Rows.Gauss(150, 8, random), Rows.Gauss(200, 8, random), Rows.Gauss(200, 8, random));
        for (var i = 0; i < c.Count; i++)
        {
            c[i][0] += 1;
        }

        var options = new DriftOptions { Metric = Metric.L2, Permutations = 199 };
        Assert.True(Drift.Measure(a, b, options) is { EnergyPValue: > 0.02, MmdPValue: > 0.02 });
        Assert.True(Drift.Measure(a, c, options) is { EnergyPValue: 1 / 200.0, MmdPValue: 1 / 200.0 });
    }

    [Fact]
    public void Energy_distance_is_that_by_hand()
    {
        var drift = Drift.Measure(Rows.Of([0], [2]), Rows.Of([4], [8]), new DriftOptions { Metric = Metric.L2 });
        Assert.Equal((2 * (4 + 8 + 2 + 6) / 4.0) - (2 * 2 / 4.0) - (2 * 4 / 4.0), drift.EnergyDistance, 1e-5);
    }

    [Fact]
    public void A_classifier_tells_shifted_collections_apart_and_the_shift_is_the_distance_of_the_means()
    {
        var random = new Random(5);
        var (a, b, c) = (Rows.Gauss(200, 4, random), Rows.Gauss(150, 4, random), Rows.Gauss(150, 4, random));
        for (var i = 0; i < c.Count; i++)
        {
            c[i][0] += 3;
        }

        var options = new DriftOptions { Metric = Metric.L2, Permutations = 9 };
        Assert.InRange(Drift.Measure(a, b, options).ClassifierAuc, .4, .6);
        // Two normal distributions with means 3 standard deviations apart: the AUC of the best classifier is Φ(3 / √2) = .983.
        Assert.InRange(Drift.Measure(a, c, options).ClassifierAuc, .965, .995);
        Assert.InRange(Drift.Measure(a, c, options).MeanShift, 2.7, 3.3);
        Assert.Equal(5, Drift.Measure(Rows.Of([0, 0], [2, 0]), Rows.Of([4, 4], [4, 4]), options).MeanShift, 1e-6);
    }

    [Fact]
    public void By_cosine_lengths_do_not_shift_the_mean() =>
        Assert.Equal(
            0, Drift.Measure(Rows.Of([1, 0], [0, 1]), Rows.Of([5, 0], [0, 7]), new DriftOptions { Permutations = 9 }).MeanShift, 1e-6);

    [Fact]
    public void The_same_collection_twice_is_at_distance_0_and_the_seed_decides()
    {
        var a = Rows.Groups(80, 6, 3);
        Assert.Equal(0, Drift.Measure(a, a).EnergyDistance, 1e-6);
        Assert.Equal(Drift.Measure(a, Rows.Groups(90, 6, 3, seed: 2)), Drift.Measure(a, Rows.Groups(90, 6, 3, seed: 2)));
        Assert.Equal(1, Drift.Measure(Rows.Equal(5, 3), Rows.Equal(5, 3)).MmdPValue);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Drift.Measure(Rows.Equal(5, 3), Rows.Equal(5, 4)));
        Sentence.Of<ArgumentException>(() => Drift.Measure(Rows.Equal(1, 3), Rows.Equal(5, 3)));
        Sentence.Of<ArgumentException>(() => Drift.Measure(new VectorMatrix(0, 3), Rows.Equal(5, 3)));
        Sentence.Of<ArgumentException>(() => Drift.Measure(Rows.Of([0, float.PositiveInfinity], [1, 1]), Rows.Equal(5, 2)));
    }
}
