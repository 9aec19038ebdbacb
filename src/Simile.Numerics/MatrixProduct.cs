using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>Products of matrices whose rows are vectors, on all cores.</summary>
/// <remarks>Thread-safe. A result must not share memory with an input.</remarks>
public static class MatrixProduct
{
    // A panel of B this large stays in the second-level cache while the rows of A pass over it.
    private const int PanelFloats = 48 * 1024;

    /// <summary>result = A · Bᵀ: the dot products of every row of <paramref name="a"/> with every row of <paramref name="b"/>.</summary>
    /// <param name="a">n × k.</param>
    /// <param name="b">m × k.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void TimesTransposed(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Count, a?.Dimensions, b?.Dimensions, b?.Count);
        TimesTransposed(a!, b!, result, KernelPaths.Best);
    }

    /// <summary>result = A · B.</summary>
    /// <param name="a">n × k.</param>
    /// <param name="b">k × m.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void Times(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Count, a?.Dimensions, b?.Count, b?.Dimensions);
        TimesTransposed(a!, Transpose(b!), result, KernelPaths.Best);
    }

    /// <summary>result = Aᵀ · B.</summary>
    /// <param name="a">k × n.</param>
    /// <param name="b">k × m.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void TransposedTimes(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Dimensions, a?.Count, b?.Count, b?.Dimensions);
        TimesTransposed(Transpose(a!), Transpose(b!), result, KernelPaths.Best);
    }

    /// <summary>A matrix turned on its side: element (i, j) becomes element (j, i).</summary>
    /// <exception cref="ArgumentException">The matrix has no rows.</exception>
    public static VectorMatrix Transpose(VectorMatrix a)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.Count == 0)
        {
            throw new ArgumentException("A matrix without rows cannot be turned: vectors need at least one dimension.", nameof(a));
        }

        const int Tile = 16;
        var turned = new VectorMatrix(a.Dimensions, a.Count);
        Parallel.For(0, (a.Dimensions + Tile - 1) / Tile, block =>
        {
            var (source, target) = (a, turned);
            var last = Math.Min(source.Dimensions, (block + 1) * Tile);
            for (var i = 0; i < source.Count; i++)
            {
                var row = source[i];
                for (var j = block * Tile; j < last; j++)
                {
                    target[j][i] = row[j];
                }
            }
        });
        return turned;
    }

    internal static void TimesTransposed(VectorMatrix a, VectorMatrix b, VectorMatrix result, KernelPath path)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return;
        }

        var panel = Math.Max(DotBlock.Columns, PanelFloats / b.Dimensions / DotBlock.Columns * DotBlock.Columns);
        var blocks = (a.Count + DotBlock.Rows - 1) / DotBlock.Rows;
        for (var first = 0; first < b.Count; first += panel)
        {
            var (from, count) = (first, Math.Min(panel, b.Count - first));
            Parallel.For(0, blocks, block =>
            {
                var row = block * DotBlock.Rows;
                DotBlock.Multiply(a, row, Math.Min(DotBlock.Rows, a.Count - row), b, from, count, result, path);
            });
        }
    }

    private static void Check(VectorMatrix? a, VectorMatrix? b, VectorMatrix? result, int? rows, int? inner, int? otherInner, int? columns)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(result);
        if (inner != otherInner || result.Count != rows || result.Dimensions != columns)
        {
            throw new ArgumentException(
                $"Matrices of {a.Count} × {a.Dimensions} and {b.Count} × {b.Dimensions} do not multiply into one of {result.Count} × {result.Dimensions}.");
        }
    }
}
