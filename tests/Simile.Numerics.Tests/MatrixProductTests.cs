using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests;

public class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(4, 16, 3)]
    [InlineData(17, 33, 19)]
    [InlineData(50, 384, 301)]
    [InlineData(97, 257, 31)]
    [InlineData(200, 513, 129)]
    [InlineData(5, 3, 3100)]
    public void Products_equal_their_definition(int n, int k, int m)
    {
        var (a, b) = (Vectors.Matrix(n, k, 1), Vectors.Matrix(k, m, 2));
        var expected = Definition(a, b);
        var result = new VectorMatrix(n, m);

        foreach (var path in KernelPaths.Available)
        {
            result.AsSpan().Fill(7);
            MatrixProduct.Times(a, b, result, path);
            AssertClose(expected, result);
            result.AsSpan().Fill(7);
            MatrixProduct.TransposedTimes(MatrixProduct.Transpose(a), b, result, path);
            AssertClose(expected, result);
            result.AsSpan().Fill(7);
            MatrixProduct.TimesTransposed(a, MatrixProduct.Transpose(b), result, path);
            AssertClose(expected, result);
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => MatrixProduct.Times(new VectorMatrix(2, 3), new VectorMatrix(2, 3), new VectorMatrix(2, 3)));

    [Fact]
    public void A_result_on_top_of_an_input_is_refused()
    {
        var a = new VectorMatrix(2, 2);
        Assert.Throws<ArgumentException>(() => MatrixProduct.Times(a, new VectorMatrix(2, 2), a));
    }

    private static VectorMatrix Definition(VectorMatrix a, VectorMatrix b)
    {
        var product = new VectorMatrix(a.Count, b.Dimensions);
        for (var i = 0; i < a.Count; i++)
        {
            for (var j = 0; j < b.Dimensions; j++)
            {
                product[i][j] = (float)Enumerable.Range(0, a.Dimensions).Sum(x => (double)a[i][x] * b[x][j]);
            }
        }

        return product;
    }

    private static void AssertClose(VectorMatrix expected, VectorMatrix actual)
    {
        for (var i = 0; i < expected.AsSpan().Length; i++)
        {
            Assert.Equal(expected.AsSpan()[i], actual.AsSpan()[i], 1e-4f);
        }
    }
}
