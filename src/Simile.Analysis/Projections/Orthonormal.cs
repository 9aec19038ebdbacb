using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis.Projections;

/// <summary>Rows of length 1, each orthogonal to the others.</summary>
internal static class Orthonormal
{
    /// <summary>Random orthonormal rows, at most as many as dimensions.</summary>
    public static VectorMatrix Random(int count, int dimensions, int seed)
    {
        var rows = new VectorMatrix(count, dimensions);
        NormalNumbers.Fill(rows.AsSpan(), seed);
        Make(rows, seed);
        return rows;
    }

    /// <summary>
    /// Gram-Schmidt, run twice because once is not enough in single precision. A row in the span of the previous rows is replaced by a
    /// random row outside the span.
    /// </summary>
    public static void Make(VectorMatrix rows, int seed)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            VectorMath.Normalize(rows[i], rows[i]);
            for (var attempt = 0; !TryMake(rows, i) && attempt < 8; attempt++)
            {
                NormalNumbers.Fill(rows[i], seed + (1000 * i) + attempt);
                VectorMath.Normalize(rows[i], rows[i]);
            }
        }
    }

    private static bool TryMake(VectorMatrix rows, int i)
    {
        const float Vanished = 1e-5f;
        var row = rows[i];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < i; j++)
            {
                Elementwise.Combine(1, row, -Pairwise<Dot>.One(row, rows[j]), rows[j], row);
            }

            var norm = MathF.Sqrt(Pairwise<Dot>.One(row, row));
            if (norm < Vanished)
            {
                return false;
            }

            Elementwise.Scale(1 / norm, row, row);
        }

        return true;
    }
}
