using Simile.Numerics;

namespace Simile.Plotting.Tests;

/// <summary>Points around some middles, the same on each run.</summary>
internal static class Planes
{
    public static (VectorMatrix Positions, int[] Groups) Blobs(int count, int groups, int seed = 1)
    {
        var random = new Random(seed);
        var middles = Enumerable.Range(0, groups).Select(_ => (X: random.NextDouble() * 20, Y: random.NextDouble() * 20)).ToArray();
        var positions = new VectorMatrix(count, 2);
        var of = new int[count];
        for (var i = 0; i < count; i++)
        {
            of[i] = i % groups;
            positions[i][0] = (float)(middles[of[i]].X + random.NextDouble() + random.NextDouble());
            positions[i][1] = (float)(middles[of[i]].Y + random.NextDouble() + random.NextDouble());
        }

        return (positions, of);
    }
}
