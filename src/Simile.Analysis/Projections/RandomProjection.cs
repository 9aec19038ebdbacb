using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Random projection: preserves distances within a factor that depends on the components (Johnson and Lindenstrauss).
/// </summary>
/// <remarks>Immutable and thread-safe. It is not fitted to rows: only the seed decides.</remarks>
public sealed class RandomProjection
{
    private readonly VectorMatrix _axes;

    private RandomProjection(VectorMatrix axes) => _axes = axes;

    /// <summary>Components of the rows that are projected.</summary>
    public int InputDimensions => _axes.Dimensions;

    /// <summary>Components of the projected rows.</summary>
    public int Components => _axes.Count;

    /// <summary>A random matrix of normally distributed entries of variance 1 / components.</summary>
    /// <param name="inputDimensions">Components of the rows that will be projected, at least 1.</param>
    /// <param name="components">Components of the projected rows, at least 1.</param>
    /// <param name="seed">The random seed.</param>
    public static RandomProjection Gaussian(int inputDimensions, int components, int seed = 1)
    {
        var axes = Empty(inputDimensions, components);
        NormalNumbers.Fill(axes.AsSpan(), seed);
        VectorMath.Scale(axes.AsSpan(), (float)(1 / Math.Sqrt(components)), axes.AsSpan());
        return new RandomProjection(axes);
    }

    /// <summary>A sparse random matrix: a fraction of the entries is ±√(1 / (density · components)), and the others are 0.</summary>
    /// <param name="inputDimensions">Components of the rows that will be projected, at least 1.</param>
    /// <param name="components">Components of the projected rows, at least 1.</param>
    /// <param name="density">
    /// The fraction of nonzero entries, above 0 and at most 1: 1/3 is Achlioptas' (2003); null for 1/√inputDimensions (Li, Hastie and
    /// Church 2006).
    /// </param>
    /// <param name="seed">The random seed.</param>
    public static RandomProjection Sparse(int inputDimensions, int components, double? density = null, int seed = 1)
    {
        var axes = Empty(inputDimensions, components);
        var share = density ?? 1 / Math.Sqrt(inputDimensions);
        if (!(share is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(density), density, "The density must be above 0 and at most 1.");
        }

        var (random, value) = (new Random(seed), (float)Math.Sqrt(1 / (share * components)));
        foreach (ref var x in axes.AsSpan())
        {
            var drawn = random.NextDouble();
            x = drawn < share / 2 ? value : drawn < share ? -value : 0;
        }

        return new RandomProjection(axes);
    }

    /// <summary>
    /// The minimum number of components that preserves all squared distances between rows within a factor of 1 ±
    /// <paramref name="distortion"/> (Dasgupta and Gupta 1999).
    /// </summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="distortion">Above 0 and below 1.</param>
    public static int LeastComponents(int rows, double distortion = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (!(distortion is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(distortion), distortion, "The distortion must be above 0 and below 1.");
        }

        var denominator = (distortion * distortion / 2) - (distortion * distortion * distortion / 3);
        return Math.Max(1, (int)(4 * Math.Log(rows) / denominator));
    }

    /// <summary>Projects rows.</summary>
    /// <param name="rows">n × <see cref="InputDimensions"/>.</param>
    /// <returns>n × <see cref="Components"/>.</returns>
    /// <exception cref="ArgumentException">The rows have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Transform(VectorMatrix rows)
    {
        Inputs.CheckDimensions(rows, InputDimensions);
        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        var projected = new VectorMatrix(rows.Count, Components);
        MatrixProduct.TimesTransposed(rows, _axes, projected);
        return projected;
    }

    private static VectorMatrix Empty(int inputDimensions, int components)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        return new VectorMatrix(components, inputDimensions);
    }
}
