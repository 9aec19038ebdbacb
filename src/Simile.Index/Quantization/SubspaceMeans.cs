using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>k-means in one subspace, initialized by k-means++ (Arthur and Vassilvitskii, 2007).</summary>
internal static unsafe class SubspaceMeans
{
    public static void Train(VectorMatrix sample, int from, int to, ProductQuantizerOptions options, int seed, float[] components)
    {
        var (width, k) = (to - from, 1 << options.Bits);
        var points = new VectorMatrix(sample.Count, width);
        for (var i = 0; i < points.Count; i++)
        {
            sample[i][from..to].CopyTo(points[i]);
        }

        var target = components.AsSpan(from * k, width * k);
        Begin(points, k, new Random(seed), target);
        for (var round = 0; round < options.Iterations; round++)
        {
            Improve(points, k, target);
        }
    }

    // Each further centroid is a point drawn with probability proportional to its squared distance.
    private static void Begin(VectorMatrix points, int k, Random random, Span<float> components)
    {
        var distances = new double[points.Count];
        Array.Fill(distances, double.MaxValue);
        var chosen = random.Next(points.Count);
        for (var c = 0; c < k; c++)
        {
            var centroid = points[chosen];
            for (var t = 0; t < centroid.Length; t++)
            {
                components[(t * k) + c] = centroid[t];
            }

            chosen = Draw(points, centroid, distances, random);
        }
    }

    private static int Draw(VectorMatrix points, ReadOnlySpan<float> centroid, double[] distances, Random random)
    {
        var total = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var distance = 0.0;
            for (var t = 0; t < point.Length; t++)
            {
                distance += (point[t] - centroid[t]) * (point[t] - centroid[t]);
            }

            distances[i] = Math.Min(distances[i], distance);
            total += distances[i];
        }

        var left = random.NextDouble() * total;
        for (var i = 0; i < distances.Length; i++)
        {
            left -= distances[i];
            if (left < 0)
            {
                return i;
            }
        }

        return random.Next(points.Count);
    }

    private static void Improve(VectorMatrix points, int k, Span<float> components)
    {
        var width = points.Dimensions;
        var (sums, counts) = (new double[width * k], new int[k]);
        var halfSquares = stackalloc float[k];
        var products = stackalloc float[k];
        new Span<float>(halfSquares, k).Clear();
        for (var i = 0; i < components.Length; i++)
        {
            halfSquares[i % k] += 0.5f * components[i] * components[i];
        }

        fixed (float* first = points.AsSpan(), centroids = components)
        {
            for (var i = 0; i < points.Count; i++)
            {
                var point = first + ((long)i * width);
                var nearest = Codebook.Nearest(point, width, centroids, halfSquares, k, products);
                counts[nearest]++;
                for (var t = 0; t < width; t++)
                {
                    sums[(t * k) + nearest] += point[t];
                }
            }
        }

        // A centroid without points stays in place.
        for (var i = 0; i < components.Length; i++)
        {
            components[i] = counts[i % k] == 0 ? components[i] : (float)(sums[i] / counts[i % k]);
        }
    }
}
