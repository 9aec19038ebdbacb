
namespace Simile.Models.Tests;

public class WeightedRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(256)]
    [InlineData(300)]
    public void Every_kind_of_row_is_added_as_its_scalar_twin_adds_it(int length)
    {
        var random = new Random(length);
        float[] start = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
        sbyte[] bytes = [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-128, 128))];
        Half[] halves = [.. Enumerable.Range(0, length).Select(_ => (Half)(random.NextSingle() - .5f))];
        float[] singles = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - .5f)];
        AssertSame(start, sum => WeightedRow.Scalar.Add(bytes, .7f, sum), sum => WeightedRow.Add(bytes, .7f, sum));
        AssertSame(start, sum => WeightedRow.Scalar.Add(halves, .7f, sum), sum => WeightedRow.Add(halves, .7f, sum));
        AssertSame(start, sum => WeightedRow.Scalar.Add(singles, .7f, sum), sum => WeightedRow.Add(singles, .7f, sum));
    }

    [Fact]
    public void Every_finite_half_is_read_exactly()
    {
        var all = Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).ToArray();
        var sum = new float[all.Length];
        WeightedRow.Add(all, 1, sum);
        Assert.Equal(all.Select(half => (float)half), sum);
    }

    [Fact]
    public void NaN_and_infinity_are_found_wherever_they_stand()
    {
        for (var at = 0; at < 70; at++)
        {
            var numbers = Enumerable.Repeat(float.MaxValue, 70).ToArray();
            Assert.True(Finite.All(numbers));
            numbers[at] = at % 2 == 0 ? float.NaN : float.NegativeInfinity;
            Assert.False(Finite.All(numbers));
            var halves = Enumerable.Repeat(Half.MinValue, 70).ToArray();
            Assert.True(Finite.All(halves));
            halves[at] = at % 2 == 0 ? Half.NaN : Half.PositiveInfinity;
            Assert.False(Finite.All(halves));
        }
    }

    private static void AssertSame(float[] start, Action<float[]> slow, Action<float[]> fast)
    {
        var (expected, actual) = ((float[])start.Clone(), (float[])start.Clone());
        slow(expected);
        fast(actual);
        for (var i = 0; i < start.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
