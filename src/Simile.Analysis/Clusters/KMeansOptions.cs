using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>How <see cref="KMeans"/> finds clusters.</summary>
public sealed record KMeansOptions
{
    /// <summary><see cref="Metric.L2"/>, or <see cref="Metric.Cosine"/> for spherical k-means: vectors and centroids are of length 1.</summary>
    public Metric Metric { get; init; } = Metric.L2;

    /// <summary>How often it begins anew, at least 1; the least inertia is kept. scikit-learn's <c>n_init</c>, which was 10 and is 1 now.</summary>
    public int Restarts { get; init; } = 10;

    /// <summary>Most iterations of a run, at least 1; with <see cref="BatchSize"/> most passes over the data.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>A run ends when the squared moves of the centroids add up to this share of the variance of a component, or no point changes its cluster. At least 0.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Points that a step of mini-batch k-means looks at, at least 1: a little worse, and much faster for millions of vectors. Null for Lloyd's iterations over all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Decides what is drawn at random: the same vectors and options give the same bytes on any number of threads.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        if (Metric is not (Metric.L2 or Metric.Cosine))
        {
            throw new ArgumentException($"k-means has no means under {Metric}: choose L2 or Cosine.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        if (!(Tolerance is >= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is a number of at least 0.");
        }

        if (BatchSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(BatchSize), BatchSize, "A batch holds at least 1 vector.");
        }
    }
}
