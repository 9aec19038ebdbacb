using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Initial positions of the points.</summary>
internal static class PlaneStart
{
    // Without noise, equal rows would never separate.
    private const float Jitter = 0.01f;

    /// <summary>The first two principal coordinates, scaled to the given standard deviation of the first, with a little noise.</summary>
    public static (float[] X, float[] Y) Principal(VectorMatrix rows, double deviation, int seed, CancellationToken cancellationToken)
    {
        var pca = Pca.Fit(rows, new PcaOptions { Components = 2, Solver = PcaSolver.Randomized }, cancellationToken);
        var coordinates = pca.Transform(rows);
        var scale = pca.ExplainedVariance[0] > 0 ? (float)(deviation / Math.Sqrt(pca.ExplainedVariance[0])) : 0;
        var (x, y) = Random(rows.Count, Jitter * deviation, seed);
        for (var i = 0; i < rows.Count; i++)
        {
            x[i] += scale * coordinates[i][0];
            y[i] += coordinates.Dimensions > 1 ? scale * coordinates[i][1] : 0;
        }

        return (x, y);
    }

    /// <summary>Normally distributed points.</summary>
    public static (float[] X, float[] Y) Random(int count, double deviation, int seed)
    {
        var numbers = new float[2 * count];
        NormalNumbers.Fill(numbers, seed);
        return ([.. numbers.Take(count).Select(v => (float)(deviation * v))], [.. numbers.Skip(count).Select(v => (float)(deviation * v))]);
    }

    /// <summary>Points distributed uniformly in a square around the origin.</summary>
    public static (float[] X, float[] Y) Uniform(int count, double size, int seed)
    {
        var random = new Random(seed);
        float[] Numbers() => [.. Enumerable.Range(0, count).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
        return (Numbers(), Numbers());
    }

    /// <summary>Scales points to a given greatest absolute coordinate, then adds noise.</summary>
    public static void Resize(float[] x, float[] y, double size, double noise, int seed)
    {
        var greatest = Math.Max(x.Max(Math.Abs), y.Max(Math.Abs));
        var scale = greatest > 0 ? (float)(size / greatest) : 0;
        var (noiseX, noiseY) = Random(x.Length, noise, seed + 1);
        for (var i = 0; i < x.Length; i++)
        {
            (x[i], y[i]) = ((scale * x[i]) + noiseX[i], (scale * y[i]) + noiseY[i]);
        }
    }
}
