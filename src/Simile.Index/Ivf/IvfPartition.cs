using Simile.Index.Codes;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Ivf;

/// <summary>The result of training: the centroids, the product quantizer of residuals, and the lists.</summary>
/// <remarks>If vectors vary along few directions, centroids and codes use only those: coordinates along axes, from the mean.</remarks>
internal sealed unsafe class IvfPartition(
    PrincipalAxes? axes, VectorMatrix centroids, ProductQuantizer quantizer, Metric metric, int trainedOn)
    : IDisposable
{
    // A centroid so many times as long as the median one: rounding its product with a query to 8 bits may take more than the products of
    // others are apart.
    private const float Uneven = 8;

    // For queries rows of 8 bits are exact enough: what codes miss is more.
    private readonly QueryProjection? _queryAxes = axes is null ? null : new(axes.Axes);
    private readonly QueryProjection? _queryCentroids = AreEven(centroids) ? new(centroids) : null;
    // A query so many times as far from the middle as the median centroid is far from all lists.
    private const float Far = 8;

    // Vectors have 95 % of their variance along the axes.
    private const float LeastAlongAxes = 0.5f;

    private readonly float[] _medianRow = MedianRow.Of(centroids);
    private readonly float[] _middle = axes?.MeanCoordinates() ?? [];

    /// <summary>Null if coordinates are the components themselves.</summary>
    public PrincipalAxes? Axes { get; } = axes;

    public VectorMatrix Centroids { get; } = centroids;

    /// <summary>Number of coordinates.</summary>
    public int Width => Centroids.Dimensions;

    public float[] HalfSquares { get; } = KMeans.HalfSquares(centroids);

    /// <summary>
    /// Added to the product of a query with each centroid to choose the lists to scan: the nearest ones, or under the dot product, where
    /// long vectors match distant queries, those with the largest product.
    /// </summary>
    public float[] ListBias => field ??= ComputeListBias();

    public ProductQuantizer Quantizer { get; } = quantizer;

    public int BlockBytes { get; } = FastScan.BlockBytes(quantizer.Subspaces);

    public IvfList[] Lists { get; } = new IvfList[centroids.Count];

    /// <summary>The number of vectors at training.</summary>
    public int TrainedOn { get; } = trainedOn;

    public long Bytes =>
        Lists.Sum(list => list.Bytes) + (((long)Centroids.AsSpan().Length + (Axes?.Axes.AsSpan().Length ?? 0)) * sizeof(float))
        + (_queryCentroids?.Bytes ?? 0) + (_queryAxes?.Bytes ?? 0);

    /// <summary>Computes the coordinates of a vector.</summary>
    public void Project(ReadOnlySpan<float> vector, Span<float> coordinates)
    {
        if (Axes is null)
        {
            vector.CopyTo(coordinates);
            return;
        }

        Pairwise<Dot>.Rows(vector, Axes.Axes.AsSpan(), coordinates);
        Elementwise.Combine(1, coordinates, -1, _middle, coordinates);
    }

    /// <summary>The coordinates of vectors.</summary>
    public static VectorMatrix Project(PrincipalAxes? axes, VectorMatrix vectors)
    {
        if (axes is null)
        {
            return vectors;
        }

        var coordinates = new VectorMatrix(vectors.Count, axes.Count);
        axes.Project(vectors, coordinates);
        return coordinates;
    }

    /// <summary>The coordinates of a query.</summary>
    public ReadOnlySpan<float> Coordinates(ReadOnlySpan<float> query, SearchScratch scratch)
    {
        if (Axes is null)
        {
            return query;
        }

        var coordinates = scratch.Coordinates(_queryAxes!.Count);
        var fromMean = scratch.Padded(query.Length);
        Elementwise.Combine(1, query, -1, Axes.Mean, fromMean[..query.Length]);
        Project(_queryAxes, fromMean, coordinates, scratch);
        return coordinates[..Width];
    }

    /// <summary>The products of a query's coordinates with all centroids.</summary>
    public ReadOnlySpan<float> Products(ReadOnlySpan<float> coordinates, SearchScratch scratch)
    {
        if (_queryCentroids is null)
        {
            var exact = scratch.Products(Lists.Length);
            Pairwise<Dot>.Rows(coordinates, Centroids.AsSpan(), exact);
            return exact;
        }

        var padded = scratch.Padded(Width);
        var products = scratch.Products(_queryCentroids.Count);
        coordinates.CopyTo(padded);
        Project(_queryCentroids, padded, products, scratch);
        return products[..Lists.Length];
    }

    private static void Project(QueryProjection rows, ReadOnlySpan<float> padded, Span<float> products, SearchScratch scratch)
    {
        fixed (float* query = padded, product = products)
        {
            fixed (short* levels = scratch.Levels(padded.Length))
            {
                rows.Project(query, levels, product);
            }
        }
    }

    /// <summary>
    /// Whether most of a query's squared distance from the mean lies in directions that vectors hardly vary in: codes know nothing of
    /// these.
    /// </summary>
    public bool IsBesideAxes(ReadOnlySpan<float> query, ReadOnlySpan<float> coordinates) =>
        Axes is not null && Pairwise<Dot>.One(coordinates, coordinates) < LeastAlongAxes * Pairwise<SquaredL2>.One(query, Axes.Mean);

    /// <summary>
    /// Whether a query is far from all usual vectors: its distances to the lists hardly differ. Under L2 only; else length does not count.
    /// </summary>
    public bool IsFar(ReadOnlySpan<float> coordinates) =>
        metric == Metric.L2 && Pairwise<SquaredL2>.One(coordinates, _medianRow) > FarSquared;

    /// <summary>The list of a vector with these coordinates.</summary>
    public int Nearest(ReadOnlySpan<float> coordinates)
    {
        var products = new float[Lists.Length];
        Pairwise<Dot>.Rows(coordinates, Centroids.AsSpan(), products);
        return KMeans.Best(products, HalfSquares);
    }

    /// <summary>
    /// Encodes a vector of a list and returns its term: added to the product of a query with centroid and code, it makes the estimate
    /// exact for a query that equals the vector, and nearly exact for close ones.
    /// </summary>
    public float Encode(ReadOnlySpan<float> vector, int list, Span<byte> symbols, CodingScratch scratch)
    {
        var (coordinates, residual, decoded) = (scratch.Coordinates, scratch.Residual, scratch.Decoded);
        Project(vector, coordinates);
        Elementwise.Combine(1, coordinates, -1, Centroids[list], residual);
        Quantizer.EncodeSymbols(residual, symbols);
        Quantizer.DecodeSymbols(symbols, decoded);
        Elementwise.Combine(1, residual, -1, decoded, residual); // what the code misses
        var missed = Pairwise<Dot>.One(coordinates, residual);
        var term = Axes is null ? missed + OfVector(vector) : missed + OfVector(vector, Axes.Mean);
        return float.IsFinite(term) ? term : float.NegativeInfinity; // a vector too long for sums
    }

    public void Dispose()
    {
        _queryAxes?.Dispose();
        _queryCentroids?.Dispose();
    }

    private static bool AreEven(VectorMatrix centroids)
    {
        var lengths = KMeans.HalfSquares(centroids);
        Array.Sort(lengths);
        return lengths.Length == 0 || lengths[^1] <= Uneven * Uneven * lengths[lengths.Length / 2];
    }

    // Under L2: −|q − x|²/2 + |q|²/2 = q·x − |x|²/2, and q·x ≈ q·x̂ + x·e.
    private float OfVector(ReadOnlySpan<float> vector) => metric == Metric.L2 ? -0.5f * Pairwise<Dot>.One(vector, vector) : 0;

    // With the mean m: q·x = (q − m)·(x − m) + m·x + a term of the query alone. Distances are those from the mean.
    private float OfVector(ReadOnlySpan<float> vector, ReadOnlySpan<float> mean) =>
        metric == Metric.L2 ? -0.5f * Pairwise<SquaredL2>.One(vector, mean) : Pairwise<Dot>.One(vector, mean);

    private float FarSquared
    {
        get
        {
            if (field == 0)
            {
                var distances = new float[Centroids.Count];
                for (var c = 0; c < distances.Length; c++)
                {
                    distances[c] = Pairwise<SquaredL2>.One(Centroids[c], _medianRow);
                }

                Array.Sort(distances);
                var median = distances[distances.Length / 2];
                field = median > 0 ? Far * Far * median : float.PositiveInfinity;
            }

            return field;
        }
    }

    private float[] ComputeListBias()
    {
        if (metric != Metric.Dot)
        {
            return Array.ConvertAll(HalfSquares, half => -half);
        }

        var listBias = new float[Centroids.Count];
        if (Axes is not null)
        {
            Pairwise<Dot>.Rows(_middle, Centroids.AsSpan(), listBias);
        }

        return listBias;
    }
}
