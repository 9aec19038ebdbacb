using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>The quality of several numbers of clusters k, and suggested values of k.</summary>
/// <param name="Trials">The tested values, k ascending.</param>
/// <param name="BySilhouette">The k with the largest silhouette.</param>
/// <param name="ByElbow">
/// The elbow of the inertia: the point furthest below the line from the first to the last (Satopää et al. 2011). The first k if there is no
/// elbow.
/// </param>
public sealed record ClusterCount(IReadOnlyList<ClusterTrial> Trials, int BySilhouette, int ByElbow)
{
    private const int SilhouetteRows = 2000;

    /// <summary>Tests every k of a range with k-means.</summary>
    /// <param name="vectors">At least 3 vectors.</param>
    /// <param name="from">The smallest k, at least 2.</param>
    /// <param name="to">The largest k, below the number of vectors.</param>
    /// <param name="options">Null for the defaults, with three restarts.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <remarks>Silhouettes use a sample of at most 2,000 vectors.</remarks>
    /// <exception cref="ArgumentException">The range is empty or too large, or a vector holds NaN or infinity.</exception>
    public static ClusterCount Choose(
        VectorMatrix vectors,
        int from,
        int to,
        KMeansOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new KMeansOptions { Restarts = 3 };
        Inputs.Check(vectors, 3, "the choice of k");
        if (from < 2 || to < from || to >= vectors.Count)
        {
            throw new ArgumentException(
                $"k cannot be chosen from {from} to {to} for {vectors.Count} vectors: "
                + "the range must be from 2 to the number of vectors minus 1.");
        }

        var trials = new List<ClusterTrial>();
        for (var k = from; k <= to; k++)
        {
            progress?.Report(new("trials", k - from, to - from + 1));
            var found = KMeans.Fit(vectors, k, options, null, cancellationToken);
            trials.Add(new(k, found.Inertia, Silhouette(vectors, found, cancellationToken)));
        }

        return new(trials, trials.MaxBy(t => t.Silhouette).K, Elbow(trials));
    }

    private static double Silhouette(VectorMatrix vectors, KMeans found, CancellationToken cancellationToken)
    {
        var count = Math.Min(SilhouetteRows, vectors.Count);
        var (sample, labels) = (new VectorMatrix(count, vectors.Dimensions), new int[count]);
        for (var i = 0; i < count; i++)
        {
            var row = (int)((long)i * vectors.Count / count);
            vectors[row].CopyTo(sample[i]);
            labels[i] = found.Labels[row];
        }

        var clusters = labels.Distinct().Count();
        return clusters < 2 || clusters >= count ? 0 : ClusterScores.Silhouette(sample, labels, found.Metric, cancellationToken);
    }

    private static int Elbow(List<ClusterTrial> trials)
    {
        var (first, last) = (trials[0], trials[^1]);
        double Below(ClusterTrial trial) =>
            first.Inertia + ((last.Inertia - first.Inertia) * (trial.K - first.K) / Math.Max(1, last.K - first.K)) - trial.Inertia;
        return trials.MaxBy(Below).K;
    }
}
