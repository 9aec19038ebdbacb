using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How often <see cref="KMeans"/> starts anew, when it stops, and whether it uses mini-batches.</summary>
public sealed record KMeansOptions
{
    /// <summary>
    /// <see cref="Metric.L2"/>, or <see cref="Metric.Cosine"/> for spherical k-means on normalized vectors and centroids.
    /// </summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>
    /// Number of runs, at least 1. The run with the lowest inertia is kept. scikit-learn's <c>n_init</c> (formerly 10, now 1).
    /// </summary>
    public int Restarts { get; init; } = 10;

    /// <summary>
    /// Maximum number of iterations per run, at least 1; with <see cref="BatchSize"/>, maximum number of passes over the data.
    /// </summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>
    /// A run stops when the squared moves of the centroids sum to this share of the mean variance, or no point changes its cluster. At
    /// least 0.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// Batch size of mini-batch k-means, at least 1: slightly worse, and much faster for millions of vectors. Null for Lloyd's algorithm on
    /// all vectors.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>The random seed. The same vectors and options give the same bytes on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        if (Metric is not (Metric.L2 or Metric.Cosine))
        {
            throw new ArgumentException($"k-means does not support {Metric}: use L2 or Cosine.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        if (!(Tolerance is >= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be at least 0.");
        }

        if (BatchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "The batch size must be at least 1.");
        }
    }
}
