using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How unusual each of some vectors is, and why: by its nearest ones and its cluster.</summary>
/// <remarks>Immutable and thread-safe. The same vectors and options give the same scores on any number of threads.</remarks>
public sealed class Outliers
{
    private const int UsualK = 20;

    // As scikit-learn: equal vectors are not infinitely dense.
    private const double LeastReach = 1e-10;

    private readonly NeighborGraph _graph;

    private Outliers(NeighborGraph graph, double[] scores, IReadOnlyList<int>? clusters)
    {
        (_graph, Scores, Clusters) = (graph, scores, clusters);
        Ranked = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)];
    }

    /// <summary>How unusual each vector is: greater is more. What the number means: <see cref="OutlierMethod"/>.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>The rows, most unusual first, equally unusual ones by ascending row.</summary>
    public IReadOnlyList<int> Ranked { get; }

    /// <summary>The cluster of each vector, where clusters were looked at; else null.</summary>
    public IReadOnlyList<int>? Clusters { get; }

    /// <summary>The vectors nearest to a row, nearest first: what it is still most like.</summary>
    public ReadOnlySpan<int> Neighbors(int row) => _graph.Neighbors(row);

    /// <summary>Writes the distances to <see cref="Neighbors"/>, least first.</summary>
    public void Distances(int row, Span<float> target) => _graph.Distances(row, target);

    /// <summary>Judges every vector.</summary>
    /// <param name="vectors">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are no more vectors than neighbors are asked for, one holds NaN or infinity, clusters do not fit, or an option is out of
    /// range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Outliers Find(VectorMatrix vectors, OutlierOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new OutlierOptions();
        options.Validate();
        Inputs.Check(vectors, 2, "the search for outliers");
        var graph = NeighborGraph.Build(vectors, new NeighborGraphOptions
        {
            K = options.K ?? Math.Min(UsualK, vectors.Count - 1),
            Metric = options.Metric,
            ExactUpTo = options.ExactUpTo,
            Seed = options.Seed,
        }, progress, cancellationToken);
        switch (options.Method)
        {
            case OutlierMethod.NeighborDistance:
                return new Outliers(graph, [.. Enumerable.Range(0, graph.Count).Select(i => (double)Last(graph, i))], null);
            case OutlierMethod.ClusterDistance:
                var clusters = options.Clusters ?? FindClusters(vectors, options, progress, cancellationToken);
                return new Outliers(graph, ClusterDistances.Of(vectors, clusters, options.Metric), clusters);
            default:
                return new Outliers(graph, LocalFactors(graph), null);
        }
    }

    private static float Last(NeighborGraph graph, int row) => graph.Distance(graph.Scores(row)[^1]);

    private static double[] LocalFactors(NeighborGraph graph)
    {
        var (reach, density, distances) = (new float[graph.Count], new double[graph.Count], new float[graph.K]);
        for (var i = 0; i < reach.Length; i++)
        {
            reach[i] = Last(graph, i);
        }

        for (var i = 0; i < density.Length; i++)
        {
            graph.Distances(i, distances);
            var (neighbors, sum) = (graph.Neighbors(i).ToArray(), 0.0);
            for (var j = 0; j < neighbors.Length; j++)
            {
                sum += Math.Max(distances[j], reach[neighbors[j]]);
            }

            density[i] = 1 / ((sum / graph.K) + LeastReach);
        }

        return [.. Enumerable.Range(0, graph.Count).Select(i => graph.Neighbors(i).ToArray().Average(j => density[j]) / density[i])];
    }

    // As many clusters as usual for a collection of this size; only how vectors lie to their own cluster counts.
    private static IReadOnlyList<int> FindClusters(VectorMatrix vectors, OutlierOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var k = Math.Clamp((int)Math.Sqrt(vectors.Count / 2.0), 1, 100);
        var metric = options.Metric == Metric.Cosine ? Metric.Cosine : Metric.L2;
        return KMeans.Fit(vectors, k, new KMeansOptions { Metric = metric, Restarts = 3, Seed = options.Seed }, progress, cancellationToken).Labels;
    }
}
