namespace Simile.Numerics.Tests;

public class KMeansTests
{
    [Fact]
    public void Centroids_are_the_means_of_clouds_far_apart()
    {
        var points = Clouds(out var middles);
        var centroids = KMeans.Train(points, points.Slice(0, 3), iterations: 5, seed: 1);
        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(middles[c], centroids[c].ToArray(), (a, b) => Math.Abs(a - b) < 0.2f);
        }
    }

    [Fact]
    public void The_start_is_not_changed_and_the_same_seed_gives_the_same_bits()
    {
        var points = Clouds(out _);
        var start = points.Slice(10, 8);
        var before = start.AsSpan().ToArray();
        var first = KMeans.Train(points, start, iterations: 4, seed: 9);
        Assert.Equal(before, start.AsSpan().ToArray());
        Assert.Equal(first.AsSpan().ToArray(), KMeans.Train(points, start, iterations: 4, seed: 9).AsSpan().ToArray());
    }

    [Fact]
    public void A_centroid_that_nothing_is_nearest_to_becomes_a_point()
    {
        var points = Clouds(out _);
        var start = new VectorMatrix(new float[] { 0, 0, 0, 0, 0, 0, 1e6f, 1e6f, 1e6f }, 3);
        var centroids = KMeans.Train(points, start, iterations: 1, seed: 2);
        Assert.Contains(Enumerable.Range(0, points.Count), i => points[i].SequenceEqual(centroids[2]));
    }

    [Fact]
    public void Every_point_is_nearest_to_the_centroid_that_a_slow_search_finds()
    {
        var points = Clouds(out _);
        var centroids = points.Slice(0, 50);
        var nearest = new int[points.Count];
        var told = 0;
        KMeans.Assign(points, centroids, nearest, 0, done => Interlocked.Add(ref told, done));
        Assert.Equal(points.Count, told);
        for (var i = 0; i < points.Count; i++)
        {
            var (least, slow) = (float.MaxValue, 0);
            for (var c = 0; c < centroids.Count; c++)
            {
                var distance = Squared(points[i], centroids[c]);
                (least, slow) = distance < least ? (distance, c) : (least, slow);
            }

            Assert.True(Squared(points[i], centroids[nearest[i]]) <= least + 1e-3f, $"{i}: {nearest[i]} for {slow}");
        }
    }

    [Fact]
    public void Training_stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => KMeans.Train(Clouds(out _), new VectorMatrix(1, 3), 5, 1, null, new CancellationToken(canceled: true)));

    private static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    // Three clouds of 200 points, one after the other in turn.
    private static VectorMatrix Clouds(out float[][] middles)
    {
        middles = [[0, 0, 0], [20, 0, 5], [0, 20, -5]];
        var random = new Random(4);
        var points = new VectorMatrix(600, 3);
        for (var i = 0; i < points.Count; i++)
        {
            for (var t = 0; t < 3; t++)
            {
                points[i][t] = middles[i % 3][t] + random.NextSingle() - 0.5f;
            }
        }

        return points;
    }
}
