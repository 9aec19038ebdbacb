using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>
/// Shorter vectors out of models that were trained to keep most in the first components (Matryoshka representation learning, Kusupati et
/// al. 2022).
/// </summary>
public static class Matryoshka
{
    /// <summary>The first components of each row, at length 1 again; a row whose first components are all 0 stays 0.</summary>
    /// <param name="rows">n vectors.</param>
    /// <param name="dimensions">Components that are kept, 1 to as many as there are.</param>
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
