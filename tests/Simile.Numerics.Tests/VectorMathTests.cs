namespace Simile.Numerics.Tests;

public class VectorMathTests
{
    [Fact]
    public void Arithmetic_is_component_by_component()
    {
        float[] a = [1, 2, 3], b = [4, 5, 6];
        Assert.Equal([5, 7, 9], VectorMath.Add(a, b));
        Assert.Equal([-3, -3, -3], VectorMath.Subtract(a, b));
        Assert.Equal([2, 4, 6], VectorMath.Scale(a, 2));
        Assert.Equal(32, VectorMath.Dot(a, b));
        Assert.Equal(5, VectorMath.Norm([3, 4]));
        Assert.Equal([.6f, .8f], VectorMath.Normalize([3, 4]));
        Assert.Equal(0.974631846f, VectorMath.Cosine(a, b), 6);
        Assert.Equal([2.5f, 3.5f, 4.5f], VectorMath.Mean(new VectorMatrix(new float[] { 1, 2, 3, 4, 5, 6 }, 3)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(129)]
    public void Results_may_be_written_over_an_input(int length)
    {
        var (a, b) = (Vectors.Random(length, 1), Vectors.Random(length, 2));
        var expected = a.Zip(b, (x, y) => x - y).ToArray();
        VectorMath.Subtract(a, b, a);
        Assert.Equal(expected, a);
        VectorMath.Scale(a, -3, a);
        Assert.Equal(Array.ConvertAll(expected, x => x * -3), a);
    }

    [Fact]
    public void Centred_rows_have_a_mean_of_zeros_and_may_be_written_over_themselves()
    {
        var vectors = new VectorMatrix(new float[] { 1, 2, 3, 4, 5, 9 }, 3);
        Assert.Equal([2.5f, 3.5f, 6], VectorMath.Center(vectors, vectors));
        Assert.Equal([-1.5f, -1.5f, -3], vectors[0].ToArray());
        Assert.Equal([0, 0, 0], VectorMath.Mean(vectors));
        Assert.Contains("1 rows", Assert.Throws<ArgumentException>(() => VectorMath.Center(vectors, new VectorMatrix(1, 3))).Message);
    }

    [Fact]
    public void Zeros_stay_zeros_and_have_no_direction()
    {
        Assert.Equal([0, 0], VectorMath.Normalize([0, 0]));
        Assert.Equal(0, VectorMath.Cosine([0, 0], [1, 2]));
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    public void Very_large_and_very_small_vectors_have_a_length_and_a_direction(float size)
    {
        Assert.Equal(5, VectorMath.Norm([3 * size, 4 * size]) / size, 3);
        Assert.Equal(.6f, VectorMath.Normalize([3 * size, 4 * size])[0], 5);
        Assert.Equal(1, VectorMath.Cosine([3 * size, 4 * size], [3, 4]), 5);
    }

    [Fact]
    public void A_vector_longer_than_any_float_still_has_a_direction() =>
        Assert.Equal(MathF.Sqrt(.5f), VectorMath.Normalize([float.MaxValue, float.MaxValue])[1], 6);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_a_number_is_refused(float bad)
    {
        for (var at = 0; at < 40; at++)
        {
            var vector = Vectors.Random(40, 1);
            vector[at] = bad;
            var error = Assert.Throws<ArgumentException>(() => VectorMath.ThrowIfNotFinite(vector));
            Assert.Contains($"Component {at} ", error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => Metric.Dot.Score(vector, vector));
        }

        VectorMath.ThrowIfNotFinite([float.MaxValue, float.MinValue, float.Epsilon]);
    }

    [Fact]
    public void Different_lengths_are_refused() =>
        Assert.Contains(
            "2 dimensions and one of 3",
            Assert.Throws<ArgumentException>(() => VectorMath.Dot([1, 2], [1, 2, 3])).Message,
            StringComparison.Ordinal);
}
