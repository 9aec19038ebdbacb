using Simile.Models.Architectures;

namespace Simile.Models.Tests.Architectures;

public class RelativeBiasTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(-7, 7)]
    [InlineData(-8, 8)]
    [InlineData(-16, 10)] // 8 + 8 · log 2 / log 16
    [InlineData(-64, 14)]
    [InlineData(-127, 15)]
    [InlineData(-5000, 15)]
    [InlineData(1, 17)]
    [InlineData(32, 28)]
    [InlineData(128, 31)]
    public void Keys_before_and_behind_have_half_of_the_buckets_each(int distance, int bucket) =>
        Assert.Equal(bucket, RelativeBias.Bucket(distance, 32, 128));

    [Fact]
    public void A_bucket_further_away_is_never_nearer()
    {
        var away = Enumerable.Range(0, 300).Select(d => RelativeBias.Bucket(-d, 32, 128)).ToArray();
        Assert.Equal(away.Order(), away);
        Assert.Equal(Enumerable.Range(0, 16), away.Distinct());
    }
}
