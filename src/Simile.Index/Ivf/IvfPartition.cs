using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index.Ivf;

/// <summary>What training makes: the centroids, the code of what is left of a vector without its centroid, and the lists.</summary>
internal sealed class IvfPartition(VectorMatrix centroids, ProductQuantizer quantizer, Metric metric, int trainedOn)
{
    public VectorMatrix Centroids { get; } = centroids;

    /// <summary>Whether lists are taken by the product of query and centroid, not by nearness: a long vector answers to a query that is far from it.</summary>
    public bool ByProduct { get; } = metric == Metric.Dot;

    public float[] HalfSquares { get; } = KMeans.HalfSquares(centroids);

    public ProductQuantizer Quantizer { get; } = quantizer;

    public int BlockBytes { get; } = FastScan.BlockBytes(quantizer.Subspaces);

    public IvfList[] Lists { get; } = new IvfList[centroids.Count];

    /// <summary>How many vectors there were then.</summary>
    public int TrainedOn { get; } = trainedOn;

    public long Bytes => Lists.Sum(list => list.Bytes) + ((long)Centroids.AsSpan().Length * sizeof(float));

    /// <summary>The list of a vector.</summary>
    public int Nearest(ReadOnlySpan<float> vector, Span<float> products)
    {
        Pairwise<Dot>.Rows(vector, Centroids.AsSpan(), products);
        return KMeans.Best(products, HalfSquares);
    }

    /// <summary>
    /// Codes a vector of a list and returns its term: what is added to the product of a query with centroid and code, so that the estimate
    /// is right for a query that equals the vector, and nearly so for one close to it.
    /// </summary>
    public float Encode(ReadOnlySpan<float> vector, int list, Span<byte> symbols, Span<float> residual, Span<float> decoded)
    {
        Elementwise.Combine(1, vector, -1, Centroids[list], residual);
        Quantizer.EncodeSymbols(residual, symbols);
        Quantizer.DecodeSymbols(symbols, decoded);
        Elementwise.Combine(1, residual, -1, decoded, residual); // what the code misses
        var missed = Pairwise<Dot>.One(vector, residual);
        if (metric != Metric.L2)
        {
            return missed;
        }

        // −|q − x|²/2 + |q|²/2 = q·x − |x|²/2, and q·x ≈ q·x̂ + x·e.
        return missed - (0.5f * Pairwise<Dot>.One(vector, vector));
    }
}
