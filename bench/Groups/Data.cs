using System.IO.Compression;
using Simile.Numerics;

namespace Groups;

/// <summary>What is measured on.</summary>
internal static class Data
{
    // Embeddings vary in a few dozen directions, whatever their dimensions.
    private const int Directions = 24;
    private const float Edit = 0.02f;

    /// <summary>The 10,000 test images of MNIST, pixels from 0 to 1.</summary>
    public static VectorMatrix Mnist(string assets)
    {
        using var zipped = new GZipStream(
            File.OpenRead(Path.Combine(assets, "data/mnist/t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        return new VectorMatrix(Array.ConvertAll(bytes.ToArray()[16..], pixel => pixel / 255f), 784);
    }

    /// <summary>n vectors. The last m, 2 % of them, are near-duplicates: row n − m + i is row i plus a little noise.</summary>
    public static (VectorMatrix Vectors, int Copies) Planted(int count, int dimensions)
    {
        var (axes, vectors, copies) = (Gauss(Directions, dimensions, 1), new VectorMatrix(count, dimensions), count / 50);
        Parallel.For(0, count - copies, i => Mix(axes, Gauss(1, Directions, i + 2)[0], vectors[i]));
        Parallel.For(0, copies, i =>
        {
            var noise = Gauss(1, dimensions, -i - 1);
            for (var j = 0; j < dimensions; j++)
            {
                vectors[count - copies + i][j] =
                    vectors[i][j] + (Edit * VectorMath.Norm(vectors[i]) / MathF.Sqrt(dimensions) * noise[0][j]);
            }
        });
        return (vectors, copies);
    }

    private static void Mix(VectorMatrix axes, ReadOnlySpan<float> shares, Span<float> target)
    {
        for (var axis = 0; axis < shares.Length; axis++)
        {
            for (var j = 0; j < target.Length; j++)
            {
                target[j] += shares[axis] * axes[axis][j];
            }
        }
    }

    private static VectorMatrix Gauss(int count, int dimensions, int seed)
    {
        var (random, rows) = (new Random(seed), new VectorMatrix(count, dimensions));
        foreach (ref var x in rows.AsSpan())
        {
            x = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return rows;
    }
}
