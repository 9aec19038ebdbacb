using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>The directions of largest variance (principal axes), largest first.</summary>
/// <remarks>
/// <see cref="Fit"/> finds the first axes by subspace iteration on a sample (Halko, Martinsson and Tropp 2011) without forming the
/// covariance matrix. <see cref="Decompose"/> finds all axes exactly, from the covariance matrix. Immutable, so safe for any number of
/// threads.
/// </remarks>
internal sealed class PrincipalAxes
{
    /// <summary>Vectors of this length or longer are left out of samples: sums of many of them would overflow a float.</summary>
    public const float LongestInSums = 1e9f;

    /// <summary>Whether a vector is shorter than <see cref="LongestInSums"/>.</summary>
    public static bool IsUsual(ReadOnlySpan<float> vector) => Pairwise<Dot>.One(vector, vector) < LongestInSums * LongestInSums;

    private const int Rounds = 5;
    private const int Spare = 8;

    public PrincipalAxes(float[] mean, VectorMatrix axes, float[] variance)
    {
        Mean = mean;
        Axes = axes;
        Variance = variance;
    }

    /// <summary>The mean of the sample.</summary>
    public float[] Mean { get; }

    /// <summary>One axis per row, orthonormal.</summary>
    public VectorMatrix Axes { get; }

    /// <summary>The sample variance along each axis. One more entry holds the variance that no axis covers.</summary>
    public float[] Variance { get; }

    public int Count => Axes.Count;

    /// <summary>Finds up to <paramref name="count"/> axes of a centered sample.</summary>
    public static PrincipalAxes Fit(VectorMatrix sample, float[] mean, int count, int seed)
    {
        var wanted = Math.Min(count, sample.Dimensions);
        var axes = Random(Math.Min(wanted + Spare, sample.Dimensions), sample.Dimensions, seed);
        var along = new VectorMatrix(axes.Count, sample.Count);
        for (var round = 0; round < Rounds; round++)
        {
            Orthonormalize(axes);
            MatrixProduct.TimesTransposed(axes, sample, along);
            MatrixProduct.Times(along, sample, axes);
        }

        Orthonormalize(axes);
        return Turn(axes, sample, mean, wanted);
    }

    /// <summary>Finds all axes of a centered sample from its covariance matrix. Exact; needs d × d numbers of memory.</summary>
    public static SymmetricEigen Decompose(VectorMatrix centered)
    {
        var covariance = new VectorMatrix(centered.Dimensions, centered.Dimensions);
        MatrixProduct.TransposedTimes(centered, centered, covariance);
        return SymmetricEigen.Decompose(covariance);
    }

    /// <summary>The coordinates of each vector minus the mean on the first <paramref name="dimensions"/> exact axes.</summary>
    public static VectorMatrix Project(VectorMatrix vectors, int dimensions)
    {
        var centered = new VectorMatrix(vectors.Count, vectors.Dimensions);
        VectorMath.Center(vectors, centered);
        var axes = Decompose(centered).Vectors.Slice(0, dimensions);
        var coordinates = new VectorMatrix(vectors.Count, dimensions);
        MatrixProduct.TimesTransposed(centered, axes, coordinates);
        return coordinates;
    }

    /// <summary>The coordinates of rows along the axes: <c>coordinates[i][j] = axis[j] · (rows[i] − mean)</c>.</summary>
    public void Project(VectorMatrix rows, VectorMatrix coordinates)
    {
        MatrixProduct.TimesTransposed(rows, Axes, coordinates);
        var middle = MeanCoordinates();
        for (var i = 0; i < coordinates.Count; i++)
        {
            Elementwise.Combine(1, coordinates[i], -1, middle, coordinates[i]);
        }
    }

    /// <summary>The coordinates of the mean along the axes.</summary>
    public float[] MeanCoordinates()
    {
        var middle = new float[Count];
        for (var j = 0; j < Count; j++)
        {
            middle[j] = VectorMath.Dot(Axes[j], Mean);
        }

        return middle;
    }

    // Within the span, a small symmetric eigenproblem gives the exact axes (Rayleigh-Ritz).
    private static PrincipalAxes Turn(VectorMatrix axes, VectorMatrix sample, float[] mean, int wanted)
    {
        var along = new VectorMatrix(axes.Count, sample.Count);
        MatrixProduct.TimesTransposed(axes, sample, along);
        var small = new VectorMatrix(axes.Count, axes.Count);
        MatrixProduct.TimesTransposed(along, along, small);
        var eigen = SymmetricEigen.Decompose(small);
        var turned = new VectorMatrix(axes.Count, axes.Dimensions);
        MatrixProduct.Times(eigen.Vectors, axes, turned);
        var kept = new VectorMatrix(turned.AsSpan()[..(wanted * axes.Dimensions)].ToArray(), axes.Dimensions);
        return new PrincipalAxes(mean, kept, Variances(eigen, sample, wanted));
    }

    private static float[] Variances(SymmetricEigen eigen, VectorMatrix sample, int wanted)
    {
        var variance = new float[wanted + 1];
        var all = 0.0;
        foreach (var value in sample.AsSpan())
        {
            all += (double)value * value;
        }

        for (var j = 0; j < wanted; j++)
        {
            variance[j] = MathF.Max(0, eigen.Values[j] / sample.Count);
            all -= Math.Max(0, eigen.Values[j]);
        }

        variance[wanted] = (float)(Math.Max(0, all) / sample.Count);
        return variance;
    }

    private static VectorMatrix Random(int count, int dimensions, int seed)
    {
        var random = new Random(seed);
        var rows = new VectorMatrix(count, dimensions);
        foreach (ref var value in rows.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        return rows;
    }

    // Gram-Schmidt, twice: one pass is not enough in single precision. If the data varies in fewer directions than requested, the rest stay
    // zero.
    private static void Orthonormalize(VectorMatrix rows)
    {
        var along = new float[rows.Dimensions];
        for (var i = 0; i < rows.Count; i++)
        {
            VectorMath.Normalize(rows[i], rows[i]);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    VectorMath.Scale(rows[j], VectorMath.Dot(rows[i], rows[j]), along);
                    VectorMath.Subtract(rows[i], along, rows[i]);
                }
            }

            var norm = VectorMath.Norm(rows[i]);
            VectorMath.Scale(rows[i], norm < 1e-4f ? 0 : 1 / norm, rows[i]);
        }
    }
}
