namespace Simile.Numerics.Tests;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(150)]
    public void Vectors_and_values_make_the_matrix_again(int n)
    {
        var matrix = Symmetric(n);
        var eigen = SymmetricEigen.Decompose(matrix);

        Assert.Equal(eigen.Values.OrderDescending(), eigen.Values);
        for (var i = 0; i < n; i++)
        {
            var product = Enumerable.Range(0, n).Select(row => VectorMath.Dot(matrix[row], eigen.Vectors[i])).ToArray();
            VectorMath.Subtract(product, VectorMath.Scale(eigen.Vectors[i], eigen.Values[i]), product);
            Assert.Equal(0, VectorMath.Norm(product), 1e-4f * n);
            Assert.Equal(1, VectorMath.Norm(eigen.Vectors[i]), 1e-5f);
        }
    }

    [Fact]
    public void A_known_matrix_has_its_known_values() =>
        Assert.Equal(
            [3, 1], SymmetricEigen.Decompose(new VectorMatrix(new float[] { 2, 1, 1, 2 }, 2)).Values.Select(x => MathF.Round(x, 5)));

    [Fact]
    public void Equal_values_and_zeros_are_no_trouble()
    {
        Assert.Equal(new float[4], SymmetricEigen.Decompose(new VectorMatrix(4, 4)).Values);
        Assert.Equal([1, 1, 1], SymmetricEigen.Decompose(new VectorMatrix(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, 3)).Values);
    }

    [Fact]
    public void What_is_not_square_is_refused() =>
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose(new VectorMatrix(2, 3)));

    private static VectorMatrix Symmetric(int n)
    {
        var matrix = Vectors.Matrix(n, n, 1);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[i][j] = matrix[j][i];
            }
        }

        return matrix;
    }
}
