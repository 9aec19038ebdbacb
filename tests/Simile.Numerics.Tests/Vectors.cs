namespace Simile.Numerics.Tests;

/// <summary>Reproducible random vectors.</summary>
internal static class Vectors
{
    public static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static VectorMatrix Matrix(int count, int dimensions, int seed) => new(Random(count * dimensions, seed), dimensions);
}
