using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Outlier scores of vectors, with the nearest neighbors and the cluster of each.</summary>
/// <remarks>Immutable and thread-safe. The same vectors and options give the same scores on any number of threads.</remarks>
public sealed class Outliers
{
    private const int UsualK = 20;

    // As in scikit-learn; it keeps the density of equal vectors finite.
    private const double LeastReach = 1e-10;

    private readonly NeighborGraph _graph;

    private Outliers(NeighborGraph graph, double[] scores, IReadOnlyList<int>? clusters)
    {
        (_graph, Scores, Clusters) = (graph, scores, clusters);
        Ranked = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)];
    }

    /// <summary>The outlier score of each vector; greater is more unusual. <see cref="OutlierMethod"/> defines it.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>The rows by descending score; ties by ascending row.</summary>
    public IReadOnlyList<int> Ranked { get; }

    /// <summary>The cluster of each vector; null if the method does not use clusters.</summary>
    public IReadOnlyList<int>? Clusters { get; }

    /// <summary>The nearest vectors of a row, nearest first.</summary>
    public ReadOnlySpan<int> Neighbors(int row) => _graph.Neighbors(row);

    /// <summary>Writes the distances from a vector to its <see cref="Neighbors"/>, in ascending order.</summary>
    public void Distances(int row, Span<float> target) => _graph.Distances(row, target);

    /// <summary>Scores every vector.</summary>
    /// <param name="vectors">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are not more vectors than requested neighbors, a vector holds NaN or infinity, the clusters do not fit, or an option is out
    /// of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Outliers Find(
        VectorMatrix vectors,
        OutlierOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
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

    // √(n / 2) clusters, a rule of thumb. Only the distances of vectors to their own cluster matter.
    private static IReadOnlyList<int> FindClusters(
        VectorMatrix vectors, OutlierOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var k = Math.Clamp((int)Math.Sqrt(vectors.Count / 2.0), 1, 100);
        var metric = options.Metric == Metric.Cosine ? Metric.Cosine : Metric.L2;
        return KMeans.Fit(
            vectors, k, new KMeansOptions { Metric = metric, Restarts = 3, Seed = options.Seed }, progress, cancellationToken).Labels;
    }
}
