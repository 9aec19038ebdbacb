using Simile.Numerics;

namespace Simile.Analysis.Tests;

/// <summary>Vectors to test with.</summary>
internal static class Rows
{
    public static VectorMatrix Of(params float[][] rows) => new(rows.SelectMany(r => r).ToArray(), rows[0].Length);

    public static VectorMatrix Equal(int count, int dimensions)
    {
        var rows = new VectorMatrix(count, dimensions);
        rows.AsSpan().Fill(0.5f);
        return rows;
    }

    /// <summary>Gaussian groups of equal size around random centers; group of row i is i modulo groups.</summary>
    public static VectorMatrix Groups(int count, int dimensions, int groups, int seed = 1, float spread = 0.1f)
    {
        var random = new Random(seed);
        var centers = Gauss(groups, dimensions, random);
        var rows = Gauss(count, dimensions, random);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < dimensions; j++)
            {
                rows[i][j] = centers[i % groups][j] + (spread * rows[i][j]);
            }
        }

        return rows;
    }

    public static int[] GroupsOf(int count, int groups) => [.. Enumerable.Range(0, count).Select(i => i % groups)];

    public static VectorMatrix Gauss(int count, int dimensions, Random random)
    {
        var rows = new VectorMatrix(count, dimensions);
        foreach (ref var x in rows.AsSpan())
        {
            x = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return rows;
    }
}
