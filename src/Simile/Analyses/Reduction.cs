using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Vectors with fewer dimensions.</summary>
/// <param name="Vectors">As many, in the same order.</param>
/// <param name="Error">The mean squared error of a component after the way back; null where there is no way back.</param>
/// <param name="Explained">The share of the variance that each new dimension explains; empty unless by PCA.</param>
public sealed record Reduction(VectorMatrix Vectors, double? Error, IReadOnlyList<double> Explained)
{
    /// <summary>Shortens vectors.</summary>
    /// <param name="vectors">At least two.</param>
    /// <param name="dimensions">How many are left, at least 1 and fewer than there are.</param>
    /// <param name="options">How; null for PCA.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There are too few vectors or dimensions.</exception>
    public static Reduction Make(
        VectorMatrix vectors,
        int dimensions,
        ReductionOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new ReductionOptions();
        if (dimensions < 1 || dimensions >= vectors.Dimensions)
        {
            throw new ArgumentException(
                $"Vectors of {vectors.Dimensions} dimensions can be shortened to 1 to {vectors.Dimensions - 1}, not to {dimensions}.");
        }

        return options.Method switch
        {
            ReduceMethod.Truncate => new Reduction(Matryoshka.Truncate(vectors, dimensions), null, []),
            ReduceMethod.Random =>
                new Reduction(RandomProjection.Gaussian(vectors.Dimensions, dimensions, options.Seed).Transform(vectors), null, []),
            _ => Principal(vectors, dimensions, options, cancellationToken),
        };
    }

    private static Reduction Principal(VectorMatrix vectors, int dimensions, ReductionOptions options, CancellationToken stop)
    {
        if (vectors.Count <= dimensions)
        {
            throw new ArgumentException(
                $"{vectors.Count} vectors have at most {Math.Max(0, vectors.Count - 1)} principal components: "
                + $"shorten to fewer than {dimensions}, or give more vectors.");
        }

        var pca = Pca.Fit(vectors, new PcaOptions { Components = dimensions, Whiten = options.Whiten, Seed = options.Seed }, stop);
        return new Reduction(pca.Transform(vectors), pca.ReconstructionError(vectors), pca.ExplainedVarianceRatio);
    }
}
