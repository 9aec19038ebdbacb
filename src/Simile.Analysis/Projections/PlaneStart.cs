using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Where the places of a plane start.</summary>
internal static class PlaneStart
{
    // Equal rows would never part.
    private const float Jitter = 0.01f;

    /// <summary>The first two principal coordinates, the first of the given standard deviation, a little jittered.</summary>
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

    /// <summary>Normally distributed places.</summary>
    public static (float[] X, float[] Y) Random(int count, double deviation, int seed)
    {
        var numbers = new float[2 * count];
        NormalNumbers.Fill(numbers, seed);
        return ([.. numbers.Take(count).Select(v => (float)(deviation * v))], [.. numbers.Skip(count).Select(v => (float)(deviation * v))]);
    }

    /// <summary>Places that are equally likely anywhere in a square around the origin.</summary>
    public static (float[] X, float[] Y) Uniform(int count, double size, int seed)
    {
        var random = new Random(seed);
        float[] Numbers() => [.. Enumerable.Range(0, count).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
        return (Numbers(), Numbers());
    }

    /// <summary>Scales places so that the greatest coordinate is of a size, then adds noise.</summary>
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
