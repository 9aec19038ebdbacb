using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>The k nearest rows of every row, without the row itself: the basis of t-SNE, UMAP, clusters, duplicates and outliers.</summary>
/// <remarks>Immutable and thread-safe. The same rows, options and kind of processor give the same graph on any number of threads.</remarks>
public sealed partial class NeighborGraph
{
    private readonly int[] _neighbors;
    private readonly float[] _scores;
    private readonly int _dimensions;

    private NeighborGraph(VectorMatrix rows, NeighborGraphOptions options, int[] neighbors, float[] scores, bool exact)
    {
        (_neighbors, _scores, _dimensions) = (neighbors, scores, rows.Dimensions);
        (Count, K, Metric, IsExact) = (rows.Count, options.K, options.Metric, exact);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Neighbors per row.</summary>
    public int K { get; }

    /// <summary>How neighbors were chosen; <see cref="Metric"/> scores are converted to distances.</summary>
    public Metric Metric { get; }

    /// <summary>Whether all pairs were compared, so that the neighbors are exact.</summary>
    public bool IsExact { get; }

    /// <summary>The <see cref="K"/> nearest rows of a row, closest first, ties by ascending number: a view, not a copy.</summary>
    public ReadOnlySpan<int> Neighbors(int row) => _neighbors.AsSpan(row * K, K);

    /// <summary>The scores of <see cref="Neighbors"/>, greater is closer: a view, not a copy.</summary>
    public ReadOnlySpan<float> Scores(int row) => _scores.AsSpan(row * K, K);

    /// <summary>Writes the distances of <see cref="Neighbors"/>, ascending.</summary>
    /// <param name="row">A row of the matrix.</param>
    /// <param name="target"><see cref="K"/> distances.</param>
    public void Distances(int row, Span<float> target)
    {
        var scores = Scores(row);
        for (var i = 0; i < scores.Length; i++)
        {
            target[i] = Distance(scores[i]);
        }
    }

    /// <summary>
    /// The distance that a score means, as scikit-learn defines it: the Euclidean distance for <see cref="Metric.L2"/>, 1 − cosine, the sum
    /// of absolute differences, the share of components that differ; for <see cref="Metric.Dot"/> 1 − score, which is a distance for
    /// vectors of length 1 only.
    /// </summary>
    public float Distance(float score) => Distance(Metric, score, _dimensions);

    internal static float Distance(Metric metric, float score, int dimensions) => metric switch
    {
        Metric.L2 => MathF.Sqrt(Math.Max(0, -score)),
        Metric.Manhattan => -score,
        Metric.Hamming => -score / dimensions,
        _ => Math.Max(0, 1 - score),
    };
}
