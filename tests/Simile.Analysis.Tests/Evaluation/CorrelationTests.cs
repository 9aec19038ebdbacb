namespace Simile.Analysis.Tests.Evaluation;

public class CorrelationTests
{
    [Fact]
    public void Kendall_counts_pairs_as_the_definition_does()
    {
        var random = new Random(1);
        for (var round = 0; round < 20; round++)
        {
            double[] x = [.. Enumerable.Range(0, 40).Select(_ => random.Next(6))],
                y = [.. Enumerable.Range(0, 40).Select(_ => random.Next(6))];
            var (difference, pairsX, pairsY) = (0.0, 0.0, 0.0);
            for (var i = 0; i < x.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    difference += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                    pairsX += Math.Abs(Math.Sign(x[i] - x[j]));
                    pairsY += Math.Abs(Math.Sign(y[i] - y[j]));
                }
            }

            Assert.Equal(difference / Math.Sqrt(pairsX * pairsY), Correlation.KendallTauB(x, y), 1e-12);
        }
    }

    [Fact]
    public void Spearman_looks_at_the_order_only()
    {
        double[] x = [1, 2, 3, 4, 5], y = [-8, 0.1, 0.2, 77, 1e9];
        Assert.Equal(1, Correlation.Spearman(x, y), 1e-12);
        Assert.Equal(-1, Correlation.Spearman(x, [5, 4, 3, 2, 1]), 1e-12);
        Assert.True(Correlation.Pearson(x, y) < 0.8);
    }

    [Fact]
    public void Pearson_does_not_lose_small_differences_of_large_numbers() =>
        Assert.Equal(1, Correlation.Pearson([1e9, 1e9 + 1, 1e9 + 2], [-1, 0, 1]), 1e-12);

    [Fact]
    public void What_has_no_correlation_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
        Sentence.Of<ArgumentException>(() => Correlation.Spearman([1], [1]));
        Sentence.Of<ArgumentException>(() => Correlation.Spearman([], []));
        Sentence.Of<ArgumentException>(() => Correlation.KendallTauB([1, 1, 1], [1, 2, 3]));
        Sentence.Of<ArgumentException>(() => Correlation.Pearson([1, double.NaN], [1, 2]));
    }
}
