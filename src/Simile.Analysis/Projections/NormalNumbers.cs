namespace Simile.Analysis.Projections;

/// <summary>Normally distributed numbers of mean 0 and variance 1 (Box and Muller).</summary>
internal static class NormalNumbers
{
    public static void Fill(Span<float> target, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < target.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            target[i] = (float)(radius * cos);
            if (i + 1 < target.Length)
            {
                target[i + 1] = (float)(radius * sin);
            }
        }
    }
}
