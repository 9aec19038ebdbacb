using Simile.Numerics.Kernels;

namespace Simile.Numerics;

/// <summary>The directions in which vectors vary most, strongest first.</summary>
/// <remarks>
/// <see cref="Fit"/> finds some of them by subspace iteration on a sample (Halko, Martinsson and Tropp 2011), so that the covariance of long vectors is
/// never formed; <see cref="Decompose"/> finds all of them by the covariance, exactly.
/// Immutable, for any number of threads.
/// </remarks>
internal sealed class PrincipalAxes
{
    /// <summary>Sums of many vectors of this length and beyond would leave the range of a float: they are kept out of samples.</summary>
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

    /// <summary>The middle of the sample.</summary>
    public float[] Mean { get; }

    /// <summary>One direction a row, orthonormal.</summary>
    public VectorMatrix Axes { get; }

    /// <summary>Variance along each axis, in the sample; behind the last one the variance that no axis has.</summary>
    public float[] Variance { get; }

    public int Count => Axes.Count;

    /// <summary>Finds up to <paramref name="count"/> axes of a centred sample.</summary>
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

    /// <summary>All axes of a centred sample, by its covariance: exact, at the cost of d × d numbers for vectors of d dimensions.</summary>
    public static SymmetricEigen Decompose(VectorMatrix centred)
    {
        var covariance = new VectorMatrix(centred.Dimensions, centred.Dimensions);
        MatrixProduct.TransposedTimes(centred, centred, covariance);
        return SymmetricEigen.Decompose(covariance);
    }

    /// <summary>The coordinates of each vector, its distance from the mean vector, on the first <paramref name="dimensions"/> exact axes.</summary>
    public static VectorMatrix Project(VectorMatrix vectors, int dimensions)
    {
        var centred = new VectorMatrix(vectors.Count, vectors.Dimensions);
        VectorMath.Centre(vectors, centred);
        var axes = Decompose(centred).Vectors.Slice(0, dimensions);
        var coordinates = new VectorMatrix(vectors.Count, dimensions);
        MatrixProduct.TimesTransposed(centred, axes, coordinates);
        return coordinates;
    }

    /// <summary>Coordinates of the rows along the axes: <c>coordinates[i][j] = axis[j] · (rows[i] − mean)</c>.</summary>
    public void Project(VectorMatrix rows, VectorMatrix coordinates)
    {
        MatrixProduct.TimesTransposed(rows, Axes, coordinates);
        var middle = MeanCoordinates();
        for (var i = 0; i < coordinates.Count; i++)
        {
            Elementwise.Combine(1, coordinates[i], -1, middle, coordinates[i]);
        }
    }

    /// <summary>The mean's own coordinates along the axes.</summary>
    public float[] MeanCoordinates()
    {
        var middle = new float[Count];
        for (var j = 0; j < Count; j++)
        {
            middle[j] = VectorMath.Dot(Axes[j], Mean);
        }

        return middle;
    }

    // Within the space that the axes span the exact ones are found by a small symmetric eigenproblem (Rayleigh and Ritz).
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

    // Gram and Schmidt, twice: once is not enough in single precision. A direction that vanishes (fewer vary than asked for) stays zero.
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
