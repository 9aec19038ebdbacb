using Simile.Numerics;

namespace Simile.Models;

/// <summary>Turns vectors into their coordinates on the directions of greatest variance.</summary>
internal static class PrincipalComponents
{
    /// <summary>The coordinates of each vector, its distance from the mean vector, on the first <paramref name="dimensions"/> principal axes.</summary>
    public static VectorMatrix Project(VectorMatrix vectors, int dimensions)
    {
        var centred = new VectorMatrix(vectors.Count, vectors.Dimensions);
        VectorMath.Centre(vectors, centred);
        var covariance = new VectorMatrix(vectors.Dimensions, vectors.Dimensions);
        MatrixProduct.TransposedTimes(centred, centred, covariance);
        var axes = SymmetricEigen.Decompose(covariance).Vectors.AsSpan();
        var first = new VectorMatrix(axes[..(dimensions * vectors.Dimensions)].ToArray(), vectors.Dimensions);
        var result = new VectorMatrix(vectors.Count, dimensions);
        MatrixProduct.TimesTransposed(centred, first, result);
        return result;
    }
}
