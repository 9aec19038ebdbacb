namespace Simile.Numerics.Tests;

public class VectorMatrixTests
{
    [Fact]
    public void Rows_are_views_of_one_block()
    {
        var matrix = new VectorMatrix(new float[] { 1, 2, 3, 4, 5, 6 }, 3);
        matrix[1][2] = 9;
        Assert.Equal((2, 3), (matrix.Count, matrix.Dimensions));
        Assert.Equal([1, 2, 3, 4, 5, 9], matrix.AsSpan().ToArray());
    }

    [Fact]
    public void Numbers_that_do_not_fill_whole_vectors_are_refused() =>
        Assert.Contains(
            "cannot be split into vectors",
            Assert.Throws<ArgumentException>(() => new VectorMatrix(new float[7], 3)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_matrix_too_large_for_memory_is_refused() =>
        Assert.Throws<ArgumentException>(() => new VectorMatrix(int.MaxValue, 1000));

    [Fact]
    public void Rows_that_are_not_there_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorMatrix(2, 3)[2].Length);
}
