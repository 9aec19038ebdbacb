namespace Simile.Analysis;

/// <summary>
/// Communities of a neighbor graph by the Leiden algorithm (Traag, Waltman and van Eck 2019). Unlike Louvain's, each is connected.
/// </summary>
/// <remarks>Immutable and thread-safe. Deterministic.</remarks>
public sealed class Leiden
{
    private Leiden(int[] labels, double modularity) => (Labels, Modularity) = (labels, modularity);

    /// <summary>The community of each row, numbered from 0, largest first.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>
    /// The modularity at the given resolution: how much more weight lies within communities than expected by chance; at most 1.
    /// </summary>
    public double Modularity { get; }

    /// <summary>Number of communities.</summary>
    public int Count => Labels.Max() + 1;

    /// <summary>Finds communities.</summary>
    /// <param name="neighbors">The nearest rows of each row; about 15 are usual.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Leiden Fit(
        NeighborGraph neighbors,
        LeidenOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        options ??= new LeidenOptions();
        options.Validate();
        return Fit(WeightedGraph.Of(neighbors), options, progress, cancellationToken);
    }

    internal static Leiden Fit(
        WeightedGraph graph,
        LeidenOptions options,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var random = new Random(options.Seed);
        var (level, of) = (graph, Enumerable.Range(0, graph.Count).ToArray()); // the node of the level that each row belongs to
        var communities = new Communities(level, [.. of], options);
        for (var round = 0; round < options.MaxRounds; round++)
        {
            progress?.Report(new("communities", round, options.MaxRounds));
            communities.MoveNodes(random, cancellationToken);
            var (refined, count) = communities.Refine(random, cancellationToken);
            if (count == level.Count)
            {
                break;
            }

            // Refined sets become nodes, initially in the communities that they come from.
            var parents = new int[count];
            for (var node = 0; node < refined.Length; node++)
            {
                parents[refined[node]] = communities.Of(node);
            }

            level = level.Aggregate(refined, count);
            of = Array.ConvertAll(of, node => refined[node]);
            communities = new Communities(level, parents, options);
        }

        return new Leiden(Number(Array.ConvertAll(of, communities.Of)), communities.Quality());
    }

    private static int[] Number(int[] labels)
    {
        var names = labels.Index().GroupBy(l => l.Item).OrderByDescending(g => g.Count()).ThenBy(g => g.First().Index)
            .Select((g, i) => (g.Key, i)).ToDictionary();
        return Array.ConvertAll(labels, l => names[l]);
    }
}
