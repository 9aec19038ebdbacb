using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Distances from one vector to many, as in scikit-learn: Euclidean for L2, 1 − cosine, sum of absolute differences, share of differing
/// components.
/// </summary>
internal sealed class Distances
{
    private readonly Metric _metric;
    private readonly VectorMatrix _rows;

    public Distances(VectorMatrix vectors, Metric metric)
    {
        _metric = metric;
        _rows = metric == Metric.Cosine ? vectors.Normalized() : vectors;
    }

    public int Count => _rows.Count;

    /// <summary>The rows, normalized under cosine.</summary>
    public VectorMatrix Rows => _rows;

    /// <summary>target[i] = the distance from row <paramref name="from"/> to row first + i.</summary>
    public void Write(int from, int first, Span<float> target)
    {
        MetricScore.Rows(_metric, _rows[from], _rows.Slice(first, target.Length).AsSpan(), target);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = NeighborGraph.Distance(_metric, target[i], _rows.Dimensions);
        }
    }
}
