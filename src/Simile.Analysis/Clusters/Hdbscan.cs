using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Clusters of any shape and different density, and noise (Campello, Moulavi and Sander 2013; McInnes and Healy 2017).</summary>
/// <remarks>
/// As Python's hdbscan computes them. Immutable, for any number of threads; the same vectors and options give the same clusters on any
/// number of threads. Without AVX-512 the last bits of distances differ, and so may ties.
/// </remarks>
public sealed class Hdbscan
{
    // More neighbors than the core distance needs, so that they include most edges of the spanning tree.
    private const int FewestNeighbors = 16;

    private Hdbscan(int[] labels, float[] probabilities, float[] outlierScores, IReadOnlyList<SpanningEdge> spanningTree) =>
        (Labels, Probabilities, OutlierScores, SpanningTree) = (labels, probabilities, outlierScores, spanningTree);

    /// <summary>The cluster of each vector, from 0; −1 for noise.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The membership strength of each vector, in [0, 1]; 0 for noise.</summary>
    public IReadOnlyList<float> Probabilities { get; }

    /// <summary>The GLOSH outlier score of each vector, in [0, 1]; greater is more unusual (Campello et al. 2015).</summary>
    public IReadOnlyList<float> OutlierScores { get; }

    /// <summary>The minimum spanning tree of mutual reachability, lightest edge first.</summary>
    public IReadOnlyList<SpanningEdge> SpanningTree { get; }

    /// <summary>Number of clusters.</summary>
    public int Count => Labels.Max() + 1;

    /// <summary>Finds clusters.</summary>
    /// <param name="vectors">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two vectors, one holds NaN or infinity, or an option is out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Hdbscan Fit(
        VectorMatrix vectors,
        HdbscanOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new HdbscanOptions();
        options.Validate();
        Inputs.Check(vectors, 2, "HDBSCAN");
        var minSamples = Math.Min(vectors.Count - 1, options.MinSamples ?? options.MinClusterSize);
        var graph = NeighborGraph.Build(vectors, new NeighborGraphOptions
        {
            K = Math.Min(vectors.Count - 1, Math.Max(minSamples, FewestNeighbors)),
            Metric = options.Metric,
            ExactUpTo = options.ExactUpTo,
            Seed = options.Seed,
        }, progress, cancellationToken);
        var edges = ReachabilityTree.Build(vectors, graph, CoreDistances(graph, minSamples), progress, cancellationToken);
        return Extract(vectors.Count, edges, options);
    }

    private static float[] CoreDistances(NeighborGraph graph, int minSamples)
    {
        var (core, distances) = (new float[graph.Count], new float[graph.K]);
        for (var i = 0; i < core.Length; i++)
        {
            graph.Distances(i, distances);
            core[i] = distances[minSamples - 1];
        }

        return core;
    }

    private static Hdbscan Extract(int count, SpanningEdge[] edges, HdbscanOptions options)
    {
        var tree = CondensedTree.Of(SingleLinkage.Of(count, edges), options.MinClusterSize);
        var selected = ClusterSelector.Select(tree, options);
        var deaths = Deaths(tree);
        var labels = Label(tree, selected, deaths, options);
        return new Hdbscan(labels, Strengths(tree, selected, deaths, labels), Outliers(tree, deaths), edges);
    }

    // The largest λ at which anything leaves a cluster.
    private static double[] Deaths(CondensedTree tree)
    {
        var deaths = new double[tree.Clusters];
        for (var row = 0; row < tree.RowParents.Length; row++)
        {
            deaths[tree.RowParents[row]] = Math.Max(deaths[tree.RowParents[row]], tree.RowLambdas[row]);
        }

        for (var cluster = 1; cluster < deaths.Length; cluster++)
        {
            deaths[tree.Parent(cluster)] = Math.Max(deaths[tree.Parent(cluster)], tree.Birth(cluster));
        }

        return deaths;
    }

    private static int[] Label(CondensedTree tree, bool[] selected, double[] deaths, HdbscanOptions options)
    {
        var (names, next) = (new int[tree.Clusters], 0); // −1: above every selected cluster
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            names[cluster] = selected[cluster] ? next++ : cluster == 0 ? -1 : names[tree.Parent(cluster)];
        }

        var labels = new int[tree.RowParents.Length];
        // If all vectors form a single cluster, only those that stay as long as the rest, or within the distance, are not noise.
        var single = selected[0] ? (options.SelectionEpsilon > 0 ? 1 / options.SelectionEpsilon : deaths[0]) : 0;
        for (var row = 0; row < labels.Length; row++)
        {
            var name = names[tree.RowParents[row]];
            labels[row] = selected[0] && tree.RowLambdas[row] < single ? -1 : name;
        }

        return labels;
    }

    private static float[] Strengths(CondensedTree tree, bool[] selected, double[] deaths, int[] labels)
    {
        var clusters = Enumerable.Range(0, selected.Length).Where(c => selected[c]).ToArray();
        var strengths = new float[labels.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            if (labels[row] >= 0)
            {
                var (lambda, most) = (tree.RowLambdas[row], deaths[clusters[labels[row]]]);
                strengths[row] = most == 0 || !double.IsFinite(lambda) ? 1 : (float)(Math.Min(lambda, most) / most);
            }
        }

        return strengths;
    }

    private static float[] Outliers(CondensedTree tree, double[] deaths)
    {
        var densest = (double[])deaths.Clone();
        for (var cluster = densest.Length - 1; cluster > 0; cluster--)
        {
            densest[tree.Parent(cluster)] = Math.Max(densest[tree.Parent(cluster)], densest[cluster]);
        }

        var scores = new float[tree.RowParents.Length];
        for (var row = 0; row < scores.Length; row++)
        {
            var (lambda, most) = (tree.RowLambdas[row], densest[tree.RowParents[row]]);
            scores[row] = most == 0 || !double.IsFinite(lambda) ? 0 : double.IsPositiveInfinity(most) ? 1 : (float)((most - lambda) / most);
        }

        return scores;
    }
}
