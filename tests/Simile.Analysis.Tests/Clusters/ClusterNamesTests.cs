using Simile.Numerics;

namespace Simile.Analysis.Tests.Clusters;

public class ClusterNamesTests
{
    [Fact]
    public void Names_are_the_words_that_other_clusters_do_not_have()
    {
        string[] texts = ["The card was lost", "I lost the card abroad", "The transfer to the bank is late", "A late transfer, the second"];
        var names = ClusterNames.OfTexts([.. texts, "noise noise noise"], [0, 0, 1, 1, -1], words: 2);
        Assert.Equal(["card", "lost"], names[0].Order());
        Assert.Equal(["late", "transfer"], names[1].Order());
    }

    [Fact]
    public void Scripts_without_spaces_are_named_by_pairs_of_characters()
    {
        var names = ClusterNames.OfTexts(["我的信用卡丢了", "信用卡被偷", "转账没有到", "银行转账慢"], [0, 0, 1, 1], words: 2);
        Assert.Equal(["信用", "用卡"], names[0].Order(StringComparer.Ordinal));
        Assert.Contains("转账", names[1]);
        Assert.Equal(["カー", "ード", "api2"], ClusterNames.Words("カード API2 7"));
    }

    [Fact]
    public void Arabic_and_korean_words_are_kept_whole() =>
        Assert.Equal(["بطاقة", "카드를", "naïve"], ClusterNames.Words("بطاقة، 카드를 Naïve a"));

    [Fact]
    public void Clusters_without_words_have_no_name()
    {
        Assert.Equal([[], ["card"]], ClusterNames.OfTexts(["?", "card"], [0, 1]));
        Assert.Empty(ClusterNames.OfTexts([], []));
        Assert.Empty(ClusterNames.OfTexts(["card"], [-1]));
        Sentence.Of<ArgumentException>(() => ClusterNames.OfTexts(["a"], []));
        Sentence.Of<ArgumentException>(() => ClusterNames.OfTexts(["a"], [-2]));
    }

    [Fact]
    public void A_medoid_is_the_member_nearest_to_the_mean()
    {
        var vectors = Rows.Of([0, 1], [0.1f, 1], [0.5f, 1], [1, 0], [-5, -5]);
        Assert.Equal(
            [[1, 0], [3]],
            Medoids.Of(vectors, [0, 0, 0, 1, -1], count: 2).Select(m => m.Take(2).ToArray()).Select((m, i) => i == 0 ? m : m[..1])
                .ToArray());
        Assert.Empty(Medoids.Of(vectors, [0, 0, 0, 2, -1])[1]);
        Sentence.Of<ArgumentException>(() => Medoids.Of(vectors, [0]));
    }
}
