using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis.Projections;

/// <summary>
/// Products of a matrix with itself: float within a block, double between blocks, so that small values are not lost to rounding in sums
/// over many rows.
/// </summary>
internal static class Gram
{
    private const int BlockRows = 1024;

    // Columns per panel: two blocks of the matrix product's kernel, one for each of two threads.
    private const int Panel = 192;

    /// <summary>XᵀX. By symmetry only columns left of a panel's end are multiplied: little more than half.</summary>
    public static double[][] OfColumns(VectorMatrix x, CancellationToken cancellationToken)
    {
        var d = x.Dimensions;
        var sums = Square(d);
        var product = new float[Math.Min(Panel, d) * d];
        for (var first = 0; first < x.Count; first += BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = x.Slice(first, Math.Min(BlockRows, x.Count - first));
            for (var column = 0; column < d; column += Panel)
            {
                var end = Math.Min(d, column + Panel);
                var shape = new ProductShape(end - column, rows.Count, end, 1, d, d, 1);
                MatrixProduct.Multiply(
                    rows.AsSpan()[column..], rows.AsSpan(), product.AsSpan(0, (end - column) * end), shape, KernelPaths.Best);
                Add(product, column, end, sums);
            }
        }

        Mirror(sums);
        return sums;
    }

    /// <summary>XXᵀ.</summary>
    public static double[][] OfRows(VectorMatrix x, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var product = new VectorMatrix(x.Count, x.Count);
        MatrixProduct.TimesTransposed(x, x, product);
        return [.. Enumerable.Range(0, x.Count).Select(i => Array.ConvertAll(product[i].ToArray(), v => (double)v))];
    }

    private static double[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];

    private static void Add(float[] product, int column, int end, double[][] sums)
    {
        for (var i = column; i < end; i++)
        {
            var row = product.AsSpan((i - column) * end, i + 1);
            var target = sums[i];
            for (var j = 0; j < row.Length; j++)
            {
                target[j] += row[j];
            }
        }
    }

    private static void Mirror(double[][] sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sums[j][i] = sums[i][j];
            }
        }
    }
}
