using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>UMAP: embeds rows in the plane by the fuzzy graph of their neighbors (McInnes, Healy and Melville 2018).</summary>
/// <remarks>
/// Immutable and thread-safe. Keeps the fitted rows, so that <see cref="Transform"/> can find their neighbors. The same rows,
/// options and kind of processor give the same bits on any number of threads.
/// </remarks>
public sealed partial class Umap
{
    private readonly VectorMatrix _rows;
    private readonly UmapOptions _options;
    private readonly FuzzyGraph _graph;
    private readonly UmapForces _forces;

    private Umap(VectorMatrix rows, UmapOptions options, FuzzyGraph graph, (double A, double B) curve, VectorMatrix embedding)
    {
        (_rows, _options, _graph, A, B, Embedding) = (rows, options, graph, curve.A, curve.B, embedding);
        _forces = new UmapForces(A, B, options.Repulsion, options.NegativeSamples, options.Seed);
    }

    /// <summary>The embedding, n × 2, centered at the origin.</summary>
    public VectorMatrix Embedding { get; }

    /// <summary>a of the curve 1 / (1 + a d²ᵇ), which gives the membership strength for a distance in the plane.</summary>
    public double A { get; }

    /// <summary>b of the curve.</summary>
    public double B { get; }

    /// <summary>σ of each row: the scale of its distances.</summary>
    public ReadOnlySpan<float> Sigmas => _graph.Sigmas;

    /// <summary>ρ of each row: up to this distance a neighbor has membership strength 1.</summary>
    public ReadOnlySpan<float> Rhos => _graph.Rhos;

    /// <summary>The fuzzy graph: the membership strengths of edges, each in both directions, ordered by row and column.</summary>
    public IEnumerable<(int Row, int Column, float Weight)> Graph =>
        from row in Enumerable.Range(0, _graph.Weights.Count)
        from at in Enumerable.Range(_graph.Weights.Starts[row], _graph.Weights.Starts[row + 1] - _graph.Weights.Starts[row])
        where _graph.Weights.Weights[at] > 0
        select (row, _graph.Weights.Columns[at], _graph.Weights.Weights[at]);
}
