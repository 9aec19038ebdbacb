namespace Simile.Numerics.Tests;

public class PrincipalAxesTests
{
    private const int Dimensions = 12;

    [Fact]
    public void Coordinates_on_all_axes_keep_every_distance()
    {
        var vectors = Stretched();
        var coordinates = PrincipalAxes.Project(vectors, Dimensions);
        for (var i = 1; i < 20; i++)
        {
            Assert.Equal(Distance(vectors[0], vectors[i]), Distance(coordinates[0], coordinates[i]), 3f);
        }
    }

    [Fact]
    public void Coordinates_are_centred_uncorrelated_and_ordered_by_their_variance()
    {
        var coordinates = PrincipalAxes.Project(Stretched(), 4);
        var variances = Enumerable.Range(0, 4).Select(j => Sum(coordinates, j, j)).ToArray();
        Assert.Equal(variances.OrderDescending(), variances);
        for (var j = 0; j < 4; j++)
        {
            Assert.InRange(Enumerable.Range(0, coordinates.Count).Sum(i => coordinates[i][j]) / variances[0], -1e-5, 1e-5);
            for (var k = 0; k < j; k++)
            {
                Assert.InRange(Sum(coordinates, j, k) / variances[0], -1e-5, 1e-5);
            }
        }
    }

    [Fact]
    public void Axes_found_on_a_sample_are_the_exact_ones()
    {
        var centered = new VectorMatrix(500, Dimensions);
        var mean = VectorMath.Center(Stretched(), centered);
        var exact = PrincipalAxes.Decompose(centered);
        var found = PrincipalAxes.Fit(centered, mean, 3, seed: 5);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(1, Math.Abs(VectorMath.Dot(exact.Vectors[j], found.Axes[j])), 1e-4f);
            Assert.Equal(1, found.Variance[j] * centered.Count / exact.Values[j], 1e-3f);
        }
    }

    private static double Sum(VectorMatrix rows, int j, int k) => Enumerable.Range(0, rows.Count).Sum(i => (double)rows[i][j] * rows[i][k]);

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var difference = new float[a.Length];
        VectorMath.Subtract(a, b, difference);
        return VectorMath.Norm(difference);
    }

    // Each dimension varies less than the one before, all turned a little into each other, around a point that is not 0.
    private static VectorMatrix Stretched()
    {
        var random = new Random(3);
        var vectors = new VectorMatrix(500, Dimensions);
        for (var i = 0; i < vectors.Count; i++)
        {
            var before = 0f;
            for (var t = 0; t < Dimensions; t++)
            {
                before = ((random.NextSingle() - 0.5f) * 20 / (1 + t)) + (0.3f * before);
                vectors[i][t] = 7 + before;
            }
        }

        return vectors;
    }
}
