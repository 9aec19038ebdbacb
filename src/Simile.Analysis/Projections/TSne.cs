using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>t-SNE: embeds rows in the plane so that neighbors stay neighbors (van der Maaten and Hinton 2008).</summary>
/// <remarks>
/// Immutable and thread-safe. Keeps the fitted rows, so that <see cref="Transform"/> can find their neighbors. The same rows,
/// options and kind of processor give the same bits on any number of threads; processors with another SIMD width round sums of distances
/// differently, and gradient descent amplifies the differences.
/// </remarks>
public sealed partial class TSne
{
    private readonly VectorMatrix _rows;
    private readonly TSneOptions _options;

    private TSne(VectorMatrix rows, TSneOptions options, VectorMatrix embedding, double divergence, double perplexity)
    {
        (_rows, _options, Embedding, KlDivergence, Perplexity) = (rows, options, embedding, divergence, perplexity);
    }

    /// <summary>The embedding, n × 2, centered at the origin.</summary>
    public VectorMatrix Embedding { get; }

    /// <summary>
    /// The Kullback-Leibler divergence between the neighborhoods of the rows and those of the embedding, in nats: less is better.
    /// </summary>
    public double KlDivergence { get; }

    /// <summary>The perplexity that was used: that of the options, or less if there are few rows.</summary>
    public double Perplexity { get; }
}
