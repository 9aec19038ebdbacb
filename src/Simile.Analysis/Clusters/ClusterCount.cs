using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How well k clusters fit, for several k, and which k to take.</summary>
/// <param name="Trials">What was tried, k ascending.</param>
/// <param name="BySilhouette">The k of the greatest silhouette.</param>
/// <param name="ByElbow">The k after which inertia falls little: the point furthest below the line from the first to the last (Satopää et al. 2011). Equals the first where there is no bend.</param>
public sealed record ClusterCount(IReadOnlyList<ClusterTrial> Trials, int BySilhouette, int ByElbow)
{
    private const int SilhouetteRows = 2000;

    /// <summary>Tries every k of a range by k-means.</summary>
    /// <param name="vectors">At least 3 vectors.</param>
    /// <param name="from">The least k, at least 2.</param>
    /// <param name="to">The greatest k, fewer than there are vectors.</param>
    /// <param name="options">Null for the defaults, with three restarts.</param>
    /// <param name="progress">Told which k is tried; null for nobody.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <remarks>Silhouettes are of at most 2,000 vectors, evenly drawn.</remarks>
    /// <exception cref="ArgumentException">The range is empty or does not fit the vectors, one of which may hold NaN or infinity.</exception>
    public static ClusterCount Choose(
        VectorMatrix vectors, int from, int to, KMeansOptions? options = null, IProgress<AnalysisProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new KMeansOptions { Restarts = 3 };
        Inputs.Check(vectors, 3, "the choice of k");
        if (from < 2 || to < from || to >= vectors.Count)
        {
            throw new ArgumentException($"k cannot be chosen from {from} to {to} for {vectors.Count} vectors: the range begins at 2 or more and ends below the number of vectors.");
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
        double Below(ClusterTrial trial) => first.Inertia + ((last.Inertia - first.Inertia) * (trial.K - first.K) / Math.Max(1, last.K - first.K)) - trial.Inertia;
        return trials.MaxBy(Below).K;
    }
}
