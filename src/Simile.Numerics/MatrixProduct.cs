using System.Runtime.Intrinsics;
using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>Products of matrices whose rows are vectors, on all cores.</summary>
/// <remarks>Thread-safe. A result must not share memory with an input. The same inputs give the same bits on any number of cores.</remarks>
public static class MatrixProduct
{
    /// <summary>result = A · Bᵀ: the dot products of every row of <paramref name="a"/> with every row of <paramref name="b"/>.</summary>
    /// <param name="a">n × k.</param>
    /// <param name="b">m × k.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not match, or the result shares memory with an input.</exception>
    public static void TimesTransposed(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Count, a?.Dimensions, b?.Dimensions, b?.Count);
        TimesTransposed(a!, b!, result, KernelPaths.Best);
    }

    /// <summary>result = A · B.</summary>
    /// <param name="a">n × k.</param>
    /// <param name="b">k × m.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not match, or the result shares memory with an input.</exception>
    public static void Times(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Count, a?.Dimensions, b?.Count, b?.Dimensions);
        Times(a!, b!, result, KernelPaths.Best);
    }

    /// <summary>result = Aᵀ · B.</summary>
    /// <param name="a">k × n.</param>
    /// <param name="b">k × m.</param>
    /// <param name="result">n × m, overwritten.</param>
    /// <exception cref="ArgumentException">The sizes do not match, or the result shares memory with an input.</exception>
    public static void TransposedTimes(VectorMatrix a, VectorMatrix b, VectorMatrix result)
    {
        Check(a, b, result, a?.Dimensions, a?.Count, b?.Count, b?.Dimensions);
        TransposedTimes(a!, b!, result, KernelPaths.Best);
    }

    /// <summary>The transpose: element (i, j) becomes element (j, i).</summary>
    /// <exception cref="ArgumentException">The matrix has no rows.</exception>
    public static VectorMatrix Transpose(VectorMatrix a)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.Count == 0)
        {
            throw new ArgumentException("A matrix without rows cannot be transposed: the result needs at least one dimension.", nameof(a));
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

    internal static void TimesTransposed(VectorMatrix a, VectorMatrix b, VectorMatrix result, KernelPath path) =>
        Multiply(a, b, result, new(a.Count, a.Dimensions, b.Count, a.Dimensions, 1, 1, b.Dimensions), path);

    internal static void Times(VectorMatrix a, VectorMatrix b, VectorMatrix result, KernelPath path) =>
        Multiply(a, b, result, new(a.Count, a.Dimensions, b.Dimensions, a.Dimensions, 1, b.Dimensions, 1), path);

    internal static void TransposedTimes(VectorMatrix a, VectorMatrix b, VectorMatrix result, KernelPath path) =>
        Multiply(a, b, result, new(a.Dimensions, a.Count, b.Dimensions, 1, a.Dimensions, b.Dimensions, 1), path);

    private static void Multiply(VectorMatrix a, VectorMatrix b, VectorMatrix result, ProductShape shape, KernelPath path) =>
        Multiply(a.AsSpan(), b.AsSpan(), result.AsSpan(), shape, path);

    /// <summary>A product of parts of matrices, as the shape says; the result's rows follow each other. Nothing is checked.</summary>
    internal static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, ProductShape shape, KernelPath path)
    {
        switch (path)
        {
            case KernelPath.Vector512:
                BlockedProduct<Lanes512, Vector512<float>>.Run(a, b, result, shape);
                break;
            case KernelPath.Vector256:
                BlockedProduct<Lanes256, Vector256<float>>.Run(a, b, result, shape);
                break;
            case KernelPath.Vector128:
                BlockedProduct<Lanes128, Vector128<float>>.Run(a, b, result, shape);
                break;
            default:
                ScalarProduct.Run(a, b, result, shape);
                break;
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
                $"Matrices of {a.Count} × {a.Dimensions} and {b.Count} × {b.Dimensions} do not multiply into one of {result.Count} "
                + $"× {result.Dimensions}.");
        }

        if (result.AsSpan().Overlaps(a.AsSpan()) || result.AsSpan().Overlaps(b.AsSpan()))
        {
            throw new ArgumentException("The result shares memory with an input: use separate memory for it.", nameof(result));
        }
    }
}
