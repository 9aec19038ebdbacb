using System.Globalization;
using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Clusters of items, with names.</summary>
/// <param name="Groups">The cluster of each item, largest first, −1 for noise; and what each is called.</param>
/// <param name="Silhouette">
/// The silhouette of at most 2,000 items, −1 to 1: how well the clusters are separated. Null for fewer than two clusters.
/// </param>
public sealed record ClusterAnalysis(ItemGroups Groups, double? Silhouette)
{
    /// <summary>Fewest items that clusters are sought in.</summary>
    public const int Fewest = 4;

    private const int MostTried = 12;
    private const int SilhouetteRows = 2000;
    private const int FewestDense = 5;
    private const int Neighbors = 15;

    /// <summary>What k-means was tried with, where the number was chosen; empty otherwise.</summary>
    public IReadOnlyList<ClusterTrial> Trials { get; init; } = [];

    /// <summary>Finds clusters and names them: of texts by their words, of files by the file nearest to the mean.</summary>
    /// <param name="vectors">At least <see cref="Fewest"/> items.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There are too few items, or fewer than clusters.</exception>
    public static ClusterAnalysis Find(
        AnalyzedVectors vectors,
        ClusterOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new ClusterOptions();
        vectors.Require(Fewest, "A search for clusters");
        var metric = (options.Metric ?? vectors.Metric) == Metric.Cosine ? Metric.Cosine : Metric.L2;
        var (labels, trials) = Labels(vectors.Vectors, options, metric, progress, cancellationToken);
        var ordered = LargestFirst(labels);
        var groups = new ItemGroups(ordered, Names(vectors, ordered, metric));
        return new ClusterAnalysis(groups, SilhouetteOf(vectors.Vectors, ordered, metric, cancellationToken)) { Trials = trials };
    }

    private static (IReadOnlyList<int> Labels, IReadOnlyList<ClusterTrial> Trials) Labels(
        VectorMatrix vectors,
        ClusterOptions options,
        Metric metric,
        IProgress<AnalysisProgress>? progress,
        CancellationToken stop) => options.Method switch
        {
            ClusterMethod.Hdbscan => (Density(vectors, options, metric, progress, stop), []),
            ClusterMethod.Leiden => (Communities(vectors, options, metric, progress, stop), []),
            _ => Means(vectors, options, metric, progress, stop),
        };

    private static IReadOnlyList<int> Density(
        VectorMatrix vectors, ClusterOptions options, Metric metric, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        // Between vectors of length 1 Euclidean distances grow with the angle, so one metric serves for both.
        var rows = metric == Metric.Cosine ? vectors.Normalized() : vectors;
        var least = options.MinClusterSize ?? Math.Max(FewestDense, vectors.Count / 100);
        return Hdbscan.Fit(rows, new HdbscanOptions { MinClusterSize = Math.Max(2, least), Seed = options.Seed }, progress, stop).Labels;
    }

    private static IReadOnlyList<int> Communities(
        VectorMatrix vectors, ClusterOptions options, Metric metric, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        var neighbors = new NeighborGraphOptions { K = Math.Min(Neighbors, vectors.Count - 1), Metric = metric, Seed = options.Seed };
        return Leiden.Fit(
            NeighborGraph.Build(vectors, neighbors, progress, stop),
            new LeidenOptions { Resolution = options.Resolution, Seed = options.Seed },
            progress,
            stop).Labels;
    }

    private static (IReadOnlyList<int> Labels, IReadOnlyList<ClusterTrial> Trials) Means(
        VectorMatrix vectors, ClusterOptions options, Metric metric, IProgress<AnalysisProgress>? progress, CancellationToken stop)
    {
        var means = new KMeansOptions { Metric = metric, Seed = options.Seed, Restarts = 3 };
        var count = options.K is null
            ? ClusterCount.Choose(vectors, 2, Math.Min(MostTried, vectors.Count - 1), means, progress, stop)
            : null;
        return (Analysis.KMeans.Fit(vectors, options.K ?? count!.BySilhouette, means, progress, stop).Labels, count?.Trials ?? []);
    }

    private static int[] LargestFirst(IReadOnlyList<int> labels)
    {
        var order = labels.Where(label => label >= 0).GroupBy(label => label).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key).Select((group, i) => (group.Key, i)).ToDictionary();
        return [.. labels.Select(label => label < 0 ? -1 : order[label])];
    }

    private static string[] Names(AnalyzedVectors vectors, int[] labels, Metric metric)
    {
        var count = labels.Max() + 1;
        var texts = vectors.Items.All(item => item.Text is not null)
            ? ClusterNames.OfTexts([.. vectors.Items.Select(item => item.Text!)], labels)
            : [];
        var medoids = vectors.Items.Any(item => item.Path is not null) ? Medoids.Of(vectors.Vectors, labels, 1, metric) : [];
        return [.. Enumerable.Range(0, count).Select(Name)];

        string Name(int cluster) => texts.ElementAtOrDefault(cluster) is { Length: > 0 } words ? string.Join(", ", words)
            : medoids.ElementAtOrDefault(cluster) is [var medoid] && Path.GetFileName(vectors.Items[medoid].Path) is { Length: > 0 } file
                ? $"like {file}"
            : string.Create(CultureInfo.InvariantCulture, $"cluster {cluster}");
    }

    private static double? SilhouetteOf(VectorMatrix vectors, int[] labels, Metric metric, CancellationToken stop)
    {
        int[] members = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] >= 0)];
        var count = Math.Min(SilhouetteRows, members.Length);
        var rows = Enumerable.Range(0, count).Select(i => members[(int)((long)i * members.Length / count)]).ToArray();
        var clusters = rows.Select(row => labels[row]).Distinct().Count();
        if (clusters < 2 || clusters >= count)
        {
            return null;
        }

        var sample = new VectorMatrix(count, vectors.Dimensions);
        for (var i = 0; i < count; i++)
        {
            vectors[rows[i]].CopyTo(sample[i]);
        }

        return ClusterScores.Silhouette(sample, Array.ConvertAll(rows, row => labels[row]), metric, stop);
    }
}
