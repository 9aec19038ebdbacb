using Simile.Analyses;
using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Evaluations;

/// <summary>Clustering: how well groups that are found in the vectors agree with the classes of the items.</summary>
public static class ClusteringTask
{
    private const int Restarts = 10;

    /// <summary>
    /// Finds as many clusters as there are classes by k-means, the best of ten starts, and compares them with the classes.
    /// </summary>
    /// <param name="items">Items with labels of at least two classes.</param>
    /// <param name="seed">The seed of the starts.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns><c>v_measure</c>, <c>ari</c> and <c>nmi</c>, as <see cref="LabelingScores"/> defines them.</returns>
    /// <exception cref="ArgumentException">Labels are missing, or there are too few items or classes.</exception>
    public static IReadOnlyList<MetricValue> Measure(
        AnalyzedVectors items, int seed = 1, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        items.Require(2, "An evaluation of clusters");
        var classes = LabelComparison.Numbers(items.RequireLabels());
        var k = classes.Distinct().Count();
        if (k < 2)
        {
            throw new ArgumentException($"All {items.Count:N0} items are of one class: an evaluation of clusters needs at least two.");
        }

        var options =
            new KMeansOptions { Metric = items.Metric == Metric.Cosine ? Metric.Cosine : Metric.L2, Restarts = Restarts, Seed = seed };
        return LabelComparison.Partitions(classes, Analysis.KMeans.Fit(items.Vectors, k, options, progress, cancellationToken).Labels);
    }
}
