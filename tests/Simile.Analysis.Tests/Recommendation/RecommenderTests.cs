using Simile.Index;
using Simile.Numerics;

namespace Simile.Analysis.Tests.Recommendation;

public class RecommenderTests
{
    [Theory]
    [InlineData(RecommendStrategy.Average)]
    [InlineData(RecommendStrategy.BestScore)]
    [InlineData(RecommendStrategy.Linear)]
    public void What_is_like_the_positive_examples_comes_first(RecommendStrategy strategy)
    {
        var vectors = Rows.Groups(200, 16, 4, spread: 0.3f);
        var options = new RecommendOptions { Strategy = strategy, Count = 20 };
        foreach (var metric in new[] { Metric.Cosine, Metric.L2, Metric.Dot })
        {
            var exact = new Recommender(vectors, metric).Recommend([0, 4], [1, 2], options);
            Assert.Equal(20, exact.Length);
            Assert.All(exact, hit => Assert.Equal(0, hit.Id % 4));
            Assert.DoesNotContain(exact, hit => hit.Id is 0 or 4);
            Assert.Equal(exact.Select(h => h.Score), exact.Select(h => h.Score).OrderDescending());
            using var index = new HnswIndex(metric, 16);
            index.Add(vectors);
            Assert.All(new Recommender(vectors, index).Recommend([0, 4], [1, 2], options), hit => Assert.Equal(0, hit.Id % 4));
        }
    }

    [Fact]
    public void A_positive_example_alone_gives_its_neighbors()
    {
        var vectors = Rows.Gauss(50, 8, new Random(1));
        using var index = new FlatIndex(Metric.Cosine, 8);
        index.Add(vectors);
        var expected = index.Search(vectors[7], 6).Skip(1).Select(h => h.Id);
        Assert.Equal(expected, new Recommender(vectors).Recommend([7], null, new RecommendOptions { Count = 5 }).Select(h => h.Id));
        Assert.Equal(
            expected,
            new Recommender(vectors, index).Recommend([7], null, new RecommendOptions { Count = 5, Strategy = RecommendStrategy.BestScore })
                .Select(h => h.Id));
        Assert.NotEmpty(new Recommender(vectors).Recommend([7], null, new RecommendOptions { Strategy = RecommendStrategy.Linear }));
    }

    [Fact]
    public void Filters_and_what_was_seen_are_kept_to()
    {
        var vectors = Rows.Gauss(40, 8, new Random(1));
        var found = new Recommender(vectors)
            .Recommend([0], null, new RecommendOptions { Count = 40, Filter = IdFilter.Of(40, Enumerable.Range(0, 20)), Seen = [3, 5] });
        Assert.Equal(Enumerable.Range(1, 19).Except([3, 5]), found.Select(h => h.Id).Order());
        Assert.Empty(new Recommender(vectors).Recommend([0], null, new RecommendOptions { Filter = new IdFilter(40) }));
    }

    [Fact]
    public void Diversity_takes_one_of_several_equal_items()
    {
        var vectors = Rows.Of([1, 0, 0], [0.95f, 0.1f, 0], [0.95f, 0.1f, 0], [0.95f, 0.1f, 0], [0.8f, 0, 0.6f], [0.7f, -0.7f, 0]);
        Assert.Equal([1, 2, 3], new Recommender(vectors).Recommend([0], null, new RecommendOptions { Count = 3 }).Select(h => h.Id));
        Assert.Equal(
            [1, 4, 5],
            new Recommender(vectors).Recommend([0], null, new RecommendOptions { Count = 3, Diversity = 0.6 }).Select(h => h.Id).Order());
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        var recommender = new Recommender(Rows.Equal(5, 3));
        Sentence.Of<ArgumentException>(() => recommender.Recommend(Array.Empty<int>()));
        Sentence.Of<ArgumentException>(() => recommender.Recommend([5]));
        Sentence.Of<ArgumentException>(() => recommender.Recommend([1], [1]));
        Sentence.Of<ArgumentException>(() => recommender.Recommend(Rows.Equal(1, 4)));
        Sentence.Of<ArgumentException>(() => recommender.Recommend(Rows.Of([1, 2, float.NaN])));
        Sentence.Of<ArgumentException>(() => recommender.Recommend([1], null, new RecommendOptions { Diversity = 2 }));
        Sentence.Of<ArgumentException>(() => _ = new Recommender(new VectorMatrix(0, 3)));
        using var index = new FlatIndex(Metric.Cosine, 4);
        Sentence.Of<ArgumentException>(() => _ = new Recommender(Rows.Equal(5, 3), index));
        Assert.Equal(4, recommender.Recommend([0]).Length);
        Assert.Empty(new Recommender(Rows.Equal(1, 3)).Recommend([0]));
    }
}
