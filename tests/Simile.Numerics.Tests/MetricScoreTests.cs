namespace Simile.Numerics.Tests;

public class MetricScoreTests
{
    [Theory]
    [InlineData(Metric.Cosine, 0.6f)]
    [InlineData(Metric.Dot, 3)]
    [InlineData(Metric.L2, -20)]
    [InlineData(Metric.Manhattan, -6)]
    [InlineData(Metric.Hamming, -2)]
    public void Scores_follow_the_definition(Metric metric, float expected) =>
        Assert.Equal(expected, metric.Score([3, 4, 0], [1, 0, 0]), 6);

    [Theory]
    [InlineData(Metric.Cosine)]
    [InlineData(Metric.L2)]
    [InlineData(Metric.Manhattan)]
    [InlineData(Metric.Hamming)]
    public void Nothing_is_closer_to_a_vector_than_itself(Metric metric)
    {
        var vector = Vectors.Random(50, 1);
        for (var seed = 2; seed < 20; seed++)
        {
            Assert.True(metric.Score(vector, vector) > metric.Score(vector, Vectors.Random(50, seed)));
        }
    }

    [Fact]
    public void Packed_bits_score_minus_the_bits_that_differ() =>
        Assert.Equal(-3, MetricScore.Hamming([0b1010, 0xFF], [0b0110, 0xFE]));
}
