using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Products of a matrix with itself: float within a block, double between blocks, so that many rows do not drown small values.</summary>
internal static class Gram
{
    private const int Block = 512;

    /// <summary>XᵀX.</summary>
    public static double[][] OfColumns(VectorMatrix x, CancellationToken cancellationToken)
    {
        var sums = Square(x.Dimensions);
        var product = new VectorMatrix(x.Dimensions, x.Dimensions);
        for (var first = 0; first < x.Count; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = x.Slice(first, Math.Min(Block, x.Count - first));
            MatrixProduct.TransposedTimes(rows, rows, product);
            Add(product, sums);
        }

        return sums;
    }

    /// <summary>XXᵀ.</summary>
    public static double[][] OfRows(VectorMatrix x, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sums = Square(x.Count);
        var product = new VectorMatrix(x.Count, x.Count);
        MatrixProduct.TimesTransposed(x, x, product);
        Add(product, sums);
        return sums;
    }

    private static double[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    private static void Add(VectorMatrix product, double[][] sums) => Parallel.For(0, sums.Length, i =>
    {
        var row = product[i];
        var target = sums[i];
        for (var j = 0; j < target.Length; j++)
        {
            target[j] += row[j];
        }
    });
}
