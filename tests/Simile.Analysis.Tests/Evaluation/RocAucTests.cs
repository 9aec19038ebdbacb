namespace Simile.Analysis.Tests.Evaluation;

public class RocAucTests
{
    // scikit-learn 1.2.1: roc_auc_score([1, 1, 1, 0, 0, 0, 0], [.9, .5, .5, .5, .1, .9, .2]).
    [Fact]
    public void Equal_scores_count_half_as_in_scikit_learn() =>
        Assert.Equal(0.7083333333333333, RocAuc.Of([.9, .5, .5], [.5, .1, .9, .2]), 1e-12);

    [Fact]
    public void Perfect_order_is_1_the_opposite_0_and_one_score_for_all_a_half()
    {
        Assert.Equal(1, RocAuc.Of([3, 2], [1, 0]));
        Assert.Equal(0, RocAuc.Of([1, 0], [3, 2]));
        Assert.Equal(.5, RocAuc.Of([1, 1, 1], [1, 1]));
    }

    [Fact]
    public void A_curve_of_one_kind_or_without_numbers_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => RocAuc.Of([], [1]));
        Sentence.Of<ArgumentException>(() => RocAuc.Of([1], []));
        Sentence.Of<ArgumentException>(() => RocAuc.Of([1, double.NaN], [1]));
    }
}
