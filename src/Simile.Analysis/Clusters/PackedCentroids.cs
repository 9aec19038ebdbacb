using System.Runtime.Intrinsics;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis;

/// <summary>
/// Centroids in the layout of <see cref="CentroidTile{TLanes, TVector}"/>: panels of two vectors of centroids (the last possibly of one);
/// component j of a panel, then component j + 1.
/// </summary>
/// <remarks>Thread-safe once made.</remarks>
internal sealed unsafe class PackedCentroids
{
    private readonly KernelPath _path;
    private readonly float[] _packed;
    private readonly float[] _halfSquares;
    private readonly int _lanes;
    private readonly int _dimensions;

    public PackedCentroids(VectorMatrix centroids, KernelPath? path = null)
    {
        _path = path ?? KernelPaths.Best;
        _lanes = _path switch
        {
            KernelPath.Vector512 => Vector512<float>.Count,
            KernelPath.Vector256 => Vector256<float>.Count,
            KernelPath.Vector128 => Vector128<float>.Count,
            _ => 1,
        };
        _dimensions = centroids.Dimensions;
        Stride = (centroids.Count + _lanes - 1) / _lanes * _lanes;
        _packed = new float[Stride * _dimensions];
        _halfSquares = new float[Stride];
        Pack(centroids);
    }

    /// <summary>Number of products per point: the centroids and padding.</summary>
    public int Stride { get; }

    /// <summary>
    /// Half of the squared length of each centroid, infinity for padding. The nearest centroid minimizes this minus the product.
    /// </summary>
    public ReadOnlySpan<float> HalfSquares => _halfSquares;

    /// <summary>products[i · Stride + c] = rows[i] · centroid c.</summary>
    /// <param name="points">The matrix of points.</param>
    /// <param name="rows">The rows to use.</param>
    /// <param name="products">rows.Length × <see cref="Stride"/>.</param>
    public void Multiply(VectorMatrix points, ReadOnlySpan<int> rows, Span<float> products)
    {
        fixed (float* data = points.AsSpan(), packed = _packed, result = products)
        {
            switch (_path)
            {
                case KernelPath.Vector512:
                    Multiply<Lanes512, Vector512<float>>(data, rows, packed, result);
                    break;
                case KernelPath.Vector256:
                    Multiply<Lanes256, Vector256<float>>(data, rows, packed, result);
                    break;
                case KernelPath.Vector128:
                    Multiply<Lanes128, Vector128<float>>(data, rows, packed, result);
                    break;
                default:
                    Scalar(points, rows, products);
                    break;
            }
        }
    }

    private void Multiply<TLanes, TVector>(float* data, ReadOnlySpan<int> rows, float* packed, float* products)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        const int Most = CentroidTile<TLanes, TVector>.NarrowRows;
        float** points = stackalloc float*[Most], results = stackalloc float*[Most];
        for (var first = 0; first < Stride;)
        {
            var wide = Stride - first >= 2 * _lanes;
            var (group, width) = wide ? (CentroidTile<TLanes, TVector>.WideRows, 2 * _lanes) : (Most, _lanes);
            for (var from = 0; from < rows.Length; from += group)
            {
                // The last group is padded with its last row.
                for (var i = 0; i < group; i++)
                {
                    var row = Math.Min(from + i, rows.Length - 1);
                    points[i] = data + ((long)rows[row] * _dimensions);
                    results[i] = products + ((long)row * Stride) + first;
                }

                if (wide)
                {
                    CentroidTile<TLanes, TVector>.Wide(points, _dimensions, packed + ((long)first * _dimensions), results);
                }
                else
                {
                    CentroidTile<TLanes, TVector>.Narrow(points, _dimensions, packed + ((long)first * _dimensions), results);
                }
            }

            first += width;
        }
    }

    private void Scalar(VectorMatrix points, ReadOnlySpan<int> rows, Span<float> products)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var point = points[rows[i]];
            for (var c = 0; c < Stride; c++)
            {
                var sum = 0f;
                for (var j = 0; j < point.Length; j++)
                {
                    var (panel, width) = Panel(c);
                    sum += _packed[(panel * _dimensions) + (j * width) + c - panel] * point[j];
                }

                products[(i * Stride) + c] = sum;
            }
        }
    }

    // The start of a centroid's panel, and the number of centroids in it.
    private (int First, int Width) Panel(int centroid)
    {
        var first = centroid / (2 * _lanes) * 2 * _lanes;
        return (first, Math.Min(2 * _lanes, Stride - first));
    }

    private void Pack(VectorMatrix centroids)
    {
        _halfSquares.AsSpan().Fill(float.PositiveInfinity);
        for (var c = 0; c < centroids.Count; c++)
        {
            var (first, width) = Panel(c);
            var centroid = centroids[c];
            _halfSquares[c] = 0.5f * Pairwise<Dot>.One(centroid, centroid);
            for (var j = 0; j < centroid.Length; j++)
            {
                _packed[(first * _dimensions) + (j * width) + c - first] = centroid[j];
            }
        }
    }
}
