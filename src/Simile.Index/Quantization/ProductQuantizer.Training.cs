using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <content>Training: k-means in every subspace.</content>
public sealed unsafe partial class ProductQuantizer
{
    /// <summary>Trains the centroids on all cores.</summary>
    /// <param name="vectors">Representative vectors, at least one; of length 1 for cosine.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There are no vectors, one holds NaN or infinity, or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static ProductQuantizer Train(
        VectorMatrix vectors, ProductQuantizerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(vectors.Dimensions);
        var sample = Sample.Checked(vectors, options.TrainingVectors, options.Seed);
        var starts = Starts(vectors.Dimensions, options.Subspaces);
        var rotation = options.Rotation == ProductRotation.Balanced ? BalancedRotation.Of(sample, starts) : null;
        if (rotation is not null)
        {
            var rotated = new VectorMatrix(sample.Count, sample.Dimensions);
            MatrixProduct.TimesTransposed(sample, rotation, rotated);
            sample = rotated;
        }

        var components = new float[vectors.Dimensions << options.Bits];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, options.Subspaces, parallel, j =>
            SubspaceMeans.Train(sample, starts[j], starts[j + 1], options, options.Seed + j, components));
        return new ProductQuantizer(vectors.Dimensions, options.Subspaces, options.Bits, components, rotation);
    }
}
