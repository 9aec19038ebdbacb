namespace Simile.Models.Tests;

public class SoftmaxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(87)]
    [InlineData(100)]
    [InlineData(-100)]
    [InlineData(30_000)]
    [InlineData(-30_000)]
    public void Probabilities_are_the_same_wherever_the_logits_lie(float level)
    {
        float[] logits = [level, level - 1, level + 0.5f, level - 200];
        var probabilities = new float[4];
        Softmax.Of(logits, probabilities);
        var slow = Slow(logits);
        for (var i = 0; i < logits.Length; i++)
        {
            Assert.Equal(slow[i], probabilities[i], 1e-6);
        }
    }

    [Fact]
    public void Nothing_has_no_probabilities_and_memory_may_be_the_same()
    {
        Softmax.Of([], []);
        float[] values = [1, 1];
        Softmax.Of(values, values);
        Assert.Equal([0.5f, 0.5f], values);
    }

    private static double[] Slow(float[] logits)
    {
        var powers = Array.ConvertAll(logits, logit => Math.Exp((double)logit - logits.Max()));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }
}
