using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Truncates vectors of models that were trained to keep most information in the first components (Matryoshka representation learning,
/// Kusupati et al. 2022).
/// </summary>
public static class Matryoshka
{
    /// <summary>
    /// Truncates each row to its first components and normalizes it to length 1. A row whose first components are all 0 stays 0.
    /// </summary>
    /// <param name="rows">n vectors.</param>
    /// <param name="dimensions">Number of components to keep, from 1 to those of the rows.</param>
    /// <returns>n × <paramref name="dimensions"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer components, or a row holds NaN or infinity.</exception>
    public static VectorMatrix Truncate(VectorMatrix rows, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, rows.Dimensions);
        var shorter = new VectorMatrix(rows.Count, dimensions);
        for (var i = 0; i < rows.Count; i++)
        {
            VectorMath.Normalize(rows[i][..dimensions], shorter[i]);
        }

        return shorter;
    }
}
