using Simile.Numerics;

namespace Irregular;

/// <summary>Clean vectors, and functions that make them irregular. The same seed gives the same vectors.</summary>
internal sealed class Shapes(int dimensions, int seed)
{
    private readonly Random _random = new(seed);

    public int Dimensions => dimensions;

    /// <summary>Vectors like those of a text model: clusters of different density, strong and weak directions, mean zero.</summary>
    public VectorMatrix Clean(int count)
    {
        const int Clusters = 40;
        var (fixedRandom, middles) = (new Random(7), new float[Clusters * dimensions]);
        for (var i = 0; i < middles.Length; i++)
        {
            middles[i] = Normal(fixedRandom) * Strength(i % dimensions);
        }

        return Made(count, row =>
        {
            var cluster = _random.Next(Clusters);
            var spread = 0.5f + (cluster % 4 * 0.25f);
            for (var j = 0; j < dimensions; j++)
            {
                row[j] = (0.7f * middles[(cluster * dimensions) + j]) + (spread * Strength(j) * Normal(_random));
            }
        });
    }

    public VectorMatrix Uniform(int count) => Made(count, row => Each(row, _ => _random.NextSingle()));

    public VectorMatrix Gaussian(int count) => Made(count, row => Each(row, _ => Normal(_random)));

    /// <summary>Clusters with centers at distance 1, whose members are closer than the centers by the ratio.</summary>
    public VectorMatrix Clusters(int count, int clusters, float ratio)
    {
        var middles = new Random(11);
        var all = new float[clusters * dimensions];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = Normal(middles);
        }

        return Made(count, row =>
        {
            var cluster = _random.Next(clusters);
            Each(row, j => all[(cluster * dimensions) + j] + (ratio * Normal(_random)));
        });
    }

    /// <summary>Points along one random direction, with Gaussian noise whose deviation is <paramref name="noise"/> times theirs.</summary>
    public VectorMatrix Line(int count, float noise)
    {
        var direction = new Random(13);
        var along = new float[dimensions];
        Each(along, _ => Normal(direction));
        return Made(count, row =>
        {
            var at = Normal(_random);
            Each(row, j => (at * along[j]) + (noise * Normal(_random)));
        });
    }

    /// <summary>Word counts: nearly all are zero.</summary>
    public VectorMatrix Sparse(int count, int nonZero) => Made(count, row =>
    {
        for (var i = 0; i < nonZero; i++)
        {
            // Few words are frequent and most are rare.
            row[(int)(dimensions * MathF.Pow(_random.NextSingle(), 3))]++;
        }
    });

    public VectorMatrix Integers(int count, int limit) => Rounded(Clean(count), limit);

    /// <summary>Sets components to a constant.</summary>
    public VectorMatrix HeavyTails(int count) =>
        Made(count, row => Each(row, _ => Normal(_random) / MathF.Max(1e-3f, MathF.Abs(Normal(_random)))));

    /// <summary>Clean directions with lengths over eight orders of magnitude.</summary>
    public VectorMatrix Lengths(int count)
    {
        var vectors = Clean(count);
        for (var i = 0; i < count; i++)
        {
            VectorMath.Scale(vectors[i], MathF.Pow(10, (8 * _random.NextSingle()) - 4), vectors[i]);
        }

        return vectors;
    }

    /// <summary>Replaces a share of the rows.</summary>
    public VectorMatrix Replace(VectorMatrix vectors, double share, Action<Random, Span<float>> change)
    {
        var count = Math.Max(1, (int)(share * vectors.Count));
        foreach (var row in Enumerable.Range(0, vectors.Count).OrderBy(_ => _random.Next()).Take(count).ToArray())
        {
            change(_random, vectors[row]);
        }

        return vectors;
    }

    /// <summary>Replaces a share of the rows by copies of a few others.</summary>
    public VectorMatrix Copy(VectorMatrix vectors, double share, int originals)
    {
        var order = Enumerable.Range(0, vectors.Count).OrderBy(_ => _random.Next()).ToArray();
        var copies = (int)(share * vectors.Count);
        for (var i = 0; i < copies; i++)
        {
            var original = copies + _random.Next(Math.Min(originals, vectors.Count - copies));
            vectors[order[original]].CopyTo(vectors[order[i]]);
        }

        return vectors;
    }

    public static VectorMatrix Plus(VectorMatrix vectors, float offset)
    {
        // Roughly the spread of a component.
        const float Spread = 0.4f;
        foreach (ref var value in vectors.AsSpan())
        {
            value += offset * Spread;
        }

        return vectors;
    }

    public VectorMatrix Noise(VectorMatrix vectors, float size)
    {
        foreach (ref var value in vectors.AsSpan())
        {
            value += size * Normal(_random);
        }

        return vectors;
    }

    /// <summary>The same directions in another order, moved and stretched: another distribution.</summary>
    public static VectorMatrix Other(VectorMatrix vectors, float stretch)
    {
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i].Reverse();
            Each(vectors[i], vectors[i].ToArray(), value => (stretch * value) + (2 * stretch));
        }

        return vectors;
    }

    public static VectorMatrix Joined(params VectorMatrix[] parts)
    {
        var joined = new VectorMatrix(parts.Sum(part => part.Count), parts[0].Dimensions);
        var at = 0;
        foreach (var part in parts)
        {
            part.AsSpan().CopyTo(joined.AsSpan()[at..]);
            at += part.AsSpan().Length;
        }

        return joined;
    }

    private static VectorMatrix Rounded(VectorMatrix vectors, int limit)
    {
        foreach (ref var value in vectors.AsSpan())
        {
            value = MathF.Round(Math.Clamp((value + 2) * limit / 4, 0, limit));
        }

        return vectors;
    }

    // Variances fall slowly, for an intrinsic dimension of some tens, as with texts.
    private static float Strength(int j) => 1 / (1 + (j / 10f));

    private static void Each(Span<float> row, Func<int, float> value)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = value(j);
        }
    }

    private static void Each(Span<float> row, float[] from, Func<float, float> value)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = value(from[j]);
        }
    }

    private VectorMatrix Made(int count, Action<float[]> fill)
    {
        var vectors = new VectorMatrix(count, dimensions);
        for (var i = 0; i < count; i++)
        {
            var row = new float[dimensions];
            fill(row);
            row.CopyTo(vectors[i]);
        }

        return vectors;
    }

    internal static float Normal(Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(2 * MathF.PI * random.NextSingle());
}
