using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>Samples rows of a matrix for training.</summary>
internal static class Sample
{
    /// <summary>
    /// The matrix itself if it has at most <paramref name="most"/> rows; otherwise a random sample of that size, drawn with the seed.
    /// </summary>
    public static VectorMatrix Of(VectorMatrix vectors, int most, int seed)
    {
        if (vectors.Count <= most)
        {
            return vectors;
        }

        var sample = new VectorMatrix(most, vectors.Dimensions);
        var i = 0;
        foreach (var row in Rows(vectors.Count, most, seed))
        {
            vectors[row].CopyTo(sample[i++]);
        }

        return sample;
    }

    /// <summary>As <see cref="Of"/>, with a check of the caller's vectors.</summary>
    /// <exception cref="ArgumentException">There are no vectors, or one holds NaN or infinity.</exception>
    public static VectorMatrix Checked(VectorMatrix vectors, int most, int seed)
    {
        if (vectors.Count == 0)
        {
            throw new ArgumentException("There are no training vectors: give at least one.", nameof(vectors));
        }

        VectorMath.ThrowIfNotFinite(vectors.AsSpan());
        return Of(vectors, most, seed);
    }

    /// <summary><paramref name="wanted"/> distinct numbers below <paramref name="count"/>, ascending (Vitter's algorithm S).</summary>
    public static IEnumerable<int> Rows(int count, int wanted, int seed)
    {
        var random = new Random(seed);
        for (var row = 0; wanted > 0; row++)
        {
            if (random.NextInt64(count - row) < wanted)
            {
                wanted--;
                yield return row;
            }
        }
    }
}
