using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Vectors as points on a plane.</summary>
/// <param name="Positions">Item i is at row i: x and y.</param>
/// <param name="Groups">What the points are grouped by; null where by nothing.</param>
public sealed record VectorMap(VectorMatrix Positions, ItemGroups? Groups)
{
    private const int MostFolders = 60;

    /// <summary>Places each item, and groups them.</summary>
    /// <param name="vectors">At least one item.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <remarks>
    /// One item stands at 0, 0, and so do items that are all equal; fewer than four are placed by PCA, whatever the method.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no item, or items have no labels or folders to be grouped by.</exception>
    public static VectorMap Make(
        AnalyzedVectors vectors,
        VectorMapOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        vectors.Require(1, "A map");
        options ??= new VectorMapOptions();
        var groups = Group(vectors, options, progress, cancellationToken);
        var metric = options.Metric ?? vectors.Metric;
        return new VectorMap(Plane.Project(vectors.Vectors, options with { Metric = metric }, progress, cancellationToken), groups);
    }

    private static ItemGroups? Group(
        AnalyzedVectors vectors, VectorMapOptions options, IProgress<AnalysisProgress>? progress, CancellationToken stop) =>
        Color(vectors, options.Color) switch
        {
            MapColor.Label =>
                vectors.HasLabels
                    ? ItemGroups.By(vectors, item => item.Label!)
                    : throw new ArgumentException("The items have no labels to be colored by: give some, or color by cluster."),
            MapColor.Folder => ItemGroups.By(vectors.WithFoldersAsLabels(), item => item.Label!),
            MapColor.Kind =>
                vectors.AreFiles
                    ? ItemGroups.By(vectors, item => item.Kind!.Value.Name())
                    : throw new ArgumentException("Rows of a file of vectors are of no kind: color by label or cluster."),
            MapColor.Cluster =>
                ClusterAnalysis.Find(
                    vectors,
                    options.Clusters with { Metric = options.Metric ?? options.Clusters.Metric, Seed = options.Seed },
                    progress,
                    stop).Groups,
            _ => null,
        };

    private static MapColor Color(AnalyzedVectors vectors, MapColor asked)
    {
        if (asked != MapColor.Auto)
        {
            return asked;
        }

        var folders = vectors.AreFiles ? ItemGroups.By(vectors.WithFoldersAsLabels(), item => item.Label!).Names.Count : 0;
        return vectors.HasLabels ? MapColor.Label
            : folders is > 1 and <= MostFolders && folders * 2 <= vectors.Count ? MapColor.Folder
            : vectors.Count >= ClusterAnalysis.Fewest ? MapColor.Cluster : MapColor.None;
    }
}
