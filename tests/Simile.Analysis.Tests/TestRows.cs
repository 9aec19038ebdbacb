using Simile.Numerics;

namespace Simile.Analysis.Tests;

/// <summary>Small sets of vectors that tests share.</summary>
internal static class TestRows
{
    /// <summary>Normally distributed numbers.</summary>
    public static VectorMatrix Normal(int count, int dimensions, int seed = 1)
    {
        var rows = new VectorMatrix(count, dimensions);
        var random = new Random(seed);
        foreach (ref var x in rows.AsSpan())
        {
            x = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return rows;
    }

    /// <summary>Groups of points around far centers; row i is of group i modulo <paramref name="groups"/>.</summary>
    public static VectorMatrix Blobs(int count, int dimensions, int groups, int seed = 1)
    {
        var rows = Normal(count, dimensions, seed);
        var centers = Normal(groups, dimensions, seed + 1);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < dimensions; j++)
            {
                rows[i][j] += 8 * centers[i % groups][j];
            }
        }

        return rows;
    }
}
