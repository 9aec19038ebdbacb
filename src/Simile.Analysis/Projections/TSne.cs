using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>t-SNE: rows as places of a plane in which neighbors stay neighbors (van der Maaten and Hinton 2008).</summary>
/// <remarks>
/// Immutable and thread-safe. Keeps the rows it was fitted on, so that <see cref="Transform"/> can find their neighbors. The same rows,
/// options and kind of processor give the same bits on any number of threads; processors of other vector width round sums of distances
/// differently, and descent amplifies that.
/// </remarks>
public sealed partial class TSne
{
    private readonly VectorMatrix _rows;
    private readonly TSneOptions _options;

    private TSne(VectorMatrix rows, TSneOptions options, VectorMatrix embedding, double divergence, double perplexity)
    {
        (_rows, _options, Embedding, KlDivergence, Perplexity) = (rows, options, embedding, divergence, perplexity);
    }

    /// <summary>The places, n × 2, around the origin.</summary>
    public VectorMatrix Embedding { get; }

    /// <summary>
    /// The Kullback-Leibler divergence between the neighborhoods of the rows and those of the places, in nats: less is better.
    /// </summary>
    public double KlDivergence { get; }

    /// <summary>The perplexity that was used: that of the options, or less where there are few rows.</summary>
    public double Perplexity { get; }
}
