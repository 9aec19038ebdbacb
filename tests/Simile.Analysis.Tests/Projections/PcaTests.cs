using Simile.Numerics;

namespace Simile.Analysis.Tests.Projections;

public class PcaTests
{
    // Variances of 100, 25, 4 and 1 along four orthonormal directions, far from the origin.
    private static VectorMatrix Ellipsoid(int count, int dimensions)
    {
        var rows = TestRows.Normal(count, dimensions);
        foreach (var (j, scale) in new[] { (0, 10f), (1, 5f), (2, 2f) })
        {
            for (var i = 0; i < count; i++)
            {
                rows[i][j] *= scale;
            }
        }

        for (var i = 0; i < count; i++)
        {
            var (x, y) = (rows[i][0], rows[i][1]);
            (rows[i][0], rows[i][1]) = ((0.6f * x) - (0.8f * y) + 1000, (0.8f * x) + (0.6f * y) - 1000);
        }

        return rows;
    }

    [Theory]
    [InlineData(PcaSolver.Exact)]
    [InlineData(PcaSolver.Randomized)]
    public void Components_are_the_axes_of_an_ellipsoid(PcaSolver solver)
    {
        var pca = Pca.Fit(Ellipsoid(20_000, 6), new PcaOptions { Components = 3, Solver = solver });
        Assert.Equal(100, pca.ExplainedVariance[0], 3.0);
        Assert.Equal(25, pca.ExplainedVariance[1], 1.0);
        Assert.Equal(0.8, pca.Components[0][1], 0.02);
        Assert.Equal(0.6, pca.Components[0][0], 0.02);
    }

    [Theory]
    [InlineData(300, 40)] // by covariance
    [InlineData(40, 300)] // by Gram matrix
    public void Exact_components_solve_the_eigenproblem_of_the_covariance(int rows, int columns)
    {
        var x = TestRows.Normal(rows, columns);
        var pca = Pca.Fit(x);
        var covariance = Covariance(x);
        Assert.Equal(Math.Min(rows, columns), pca.Components.Count);
        for (var i = 0; i < pca.Components.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, VectorMath.Dot(pca.Components[i], pca.Components[j]), 1e-5f);
            }

            for (var j = 0; j < columns; j++)
            {
                var image = Enumerable.Range(0, columns).Sum(k => covariance[j, k] * pca.Components[i][k]);
                Assert.Equal(pca.ExplainedVariance[i] * pca.Components[i][j], image, 2e-5 * pca.ExplainedVariance[0]);
            }
        }

        Assert.Equal(1, pca.ExplainedVarianceRatio.Sum(), 1e-5);
    }

    [Theory]
    [InlineData(500, 60)]
    [InlineData(60, 500)]
    public void Randomized_components_agree_with_exact_ones(int rows, int columns)
    {
        var x = TestRows.Blobs(rows, columns, 6);
        var exact = Pca.Fit(x, new PcaOptions { Components = 5, Solver = PcaSolver.Exact });
        var randomized = Pca.Fit(x, new PcaOptions { Components = 5, Solver = PcaSolver.Randomized });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, randomized.ExplainedVariance[i] / exact.ExplainedVariance[i], 1e-4);
            Assert.Equal(1, VectorMath.Dot(exact.Components[i], randomized.Components[i]), 1e-3f);
        }
    }

    [Fact]
    public void All_components_rebuild_the_rows()
    {
        var rows = Ellipsoid(200, 12);
        var pca = Pca.Fit(rows, new PcaOptions { Whiten = true });
        Assert.True(pca.ReconstructionError(rows) < 1e-7);
        Assert.True(pca.Truncate(3).ReconstructionError(rows) > 0.1);
    }

    [Fact]
    public void Whitened_coordinates_have_variance_one_and_those_of_constant_columns_are_zero()
    {
        var rows = Ellipsoid(400, 5);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i][4] = 7;
        }

        var coordinates = Pca.Fit(rows, new PcaOptions { Whiten = true }).Transform(rows);
        for (var j = 0; j < 5; j++)
        {
            var variance = Enumerable.Range(0, 400).Sum(i => (double)coordinates[i][j] * coordinates[i][j]) / 399;
            Assert.Equal(j < 4 ? 1 : 0, variance, 1e-4);
        }
    }

    [Fact]
    public void Equal_rows_have_no_variance_and_all_lie_at_the_origin()
    {
        var rows = new VectorMatrix(Enumerable.Repeat(3f, 20).ToArray(), 4);
        var pca = Pca.Fit(rows);
        Assert.All(pca.ExplainedVariance, v => Assert.Equal(0, v));
        Assert.All(pca.ExplainedVarianceRatio, v => Assert.Equal(0, v));
        Assert.All(pca.Transform(rows).AsSpan().ToArray(), x => Assert.Equal(0, x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fewer_than_two_rows_are_refused_in_a_sentence(int count) =>
        Assert.StartsWith(
            $"{count} rows do not vary: give at least two.",
            Assert.Throws<ArgumentException>(() => Pca.Fit(new VectorMatrix(count, 3))).Message);

    [Fact]
    public void More_components_than_there_are_become_as_many_as_there_are() =>
        Assert.Equal(4, Pca.Fit(TestRows.Normal(9, 4), new PcaOptions { Components = 50 }).Components.Count);

    [Fact]
    public void NaN_and_other_columns_are_refused()
    {
        var rows = TestRows.Normal(9, 4);
        var pca = Pca.Fit(rows);
        rows[3][2] = float.NaN;
        Assert.Throws<ArgumentException>(() => Pca.Fit(rows));
        Assert.Throws<ArgumentException>(() => pca.Transform(rows));
        Assert.Contains("columns", Assert.Throws<ArgumentException>(() => pca.Transform(TestRows.Normal(9, 5))).Message);
    }

    private static double[,] Covariance(VectorMatrix x)
    {
        var covariance = new double[x.Dimensions, x.Dimensions];
        var mean = Enumerable.Range(0, x.Dimensions).Select(j => Enumerable.Range(0, x.Count).Average(i => (double)x[i][j])).ToArray();
        for (var i = 0; i < x.Count; i++)
        {
            for (var j = 0; j < x.Dimensions; j++)
            {
                for (var k = 0; k < x.Dimensions; k++)
                {
                    covariance[j, k] += (x[i][j] - mean[j]) * (x[i][k] - mean[k]) / (x.Count - 1);
                }
            }
        }

        return covariance;
    }
}
