using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis.Tests.Clusters;

public class KMeansTests
{
    [Theory]
    [InlineData(300, 7, 5)]
    [InlineData(500, 40, 37)]
    [InlineData(200, 3, 1)]
    [InlineData(1000, 16, 70)]
    public void Bounds_give_the_labels_that_plain_iterations_give(int count, int dimensions, int k)
    {
        var points = Rows.Groups(count, dimensions, 9, spread: 0.8f);
        var start = new VectorMatrix(k, dimensions);
        for (var c = 0; c < k; c++)
        {
            points[c * 2].CopyTo(start[c]);
        }

        var lloyd = new Lloyd(points, Squares(points), new VectorMatrix(start.AsSpan().ToArray(), dimensions), spherical: false);
        lloyd.Run(12, 0, null, default);
        Assert.Equal(PlainIterations(points, start, 12), lloyd.Labels);
    }

    [Fact]
    public void Every_width_gives_the_products_of_the_scalar_path()
    {
        var (points, centroids) = (Rows.Gauss(45, 29, new Random(1)), Rows.Gauss(50, 29, new Random(2)));
        int[] rows = [.. Enumerable.Range(0, 45).Reverse().Where(i => i % 4 != 1)];
        foreach (var path in KernelPaths.Available)
        {
            foreach (var k in new[] { 1, 7, 16, 17, 33, 50 })
            {
                var packed = new PackedCentroids(new VectorMatrix(centroids.AsSpan()[..(k * 29)].ToArray(), 29), path);
                var products = new float[rows.Length * packed.Stride];
                packed.Multiply(points, rows, products);
                for (var i = 0; i < rows.Length; i++)
                {
                    for (var c = 0; c < k; c++)
                    {
                        Assert.Equal(VectorMath.Dot(points[rows[i]], centroids[c]), products[(i * packed.Stride) + c], 1e-4);
                    }
                }
            }
        }
    }

    [Fact]
    public void The_two_nearest_are_found_among_any_number()
    {
        var random = new Random(4);
        for (var k = 1; k < 70; k++)
        {
            float[] products = [.. Enumerable.Range(0, k).Select(_ => random.NextSingle())],
                half = [.. Enumerable.Range(0, k).Select(_ => random.NextSingle())];
            var values = products.Zip(half, (p, h) => h - p).ToArray();
            var nearest = Nearest.Of(products, half);
            Assert.Equal(Array.IndexOf(values, values.Min()), nearest.Centroid);
            Assert.Equal(values.Order().ElementAtOrDefault(1) is var second && k > 1 ? second : float.PositiveInfinity, nearest.Second);
        }
    }

    [Theory]
    [InlineData(Metric.L2)]
    [InlineData(Metric.Cosine)]
    public void Clear_groups_are_found(Metric metric)
    {
        var found = KMeans.Fit(Rows.Groups(400, 20, 8), 8, new KMeansOptions { Metric = metric });
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(Rows.GroupsOf(400, 8), found.Labels));
        Assert.True(found.Converged);
        Assert.Equal(found.Labels, found.Predict(Rows.Groups(400, 20, 8)));
    }

    [Fact]
    public void Mini_batches_find_clear_groups_too()
    {
        var found = KMeans.Fit(Rows.Groups(3000, 12, 6), 6, new KMeansOptions { BatchSize = 256, Restarts = 3 });
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(Rows.GroupsOf(3000, 6), found.Labels));
    }

    [Fact]
    public void Cosine_does_not_see_lengths_and_centroids_have_length_1()
    {
        var vectors = Rows.Groups(200, 6, 4);
        var before = KMeans.Fit(vectors, 4, new KMeansOptions { Metric = Metric.Cosine });
        for (var i = 0; i < vectors.Count; i++)
        {
            VectorMath.Scale(vectors[i], 1 << (i % 9), vectors[i]);
        }

        var after = KMeans.Fit(vectors, 4, new KMeansOptions { Metric = Metric.Cosine });
        Assert.Equal(before.Labels, after.Labels);
        Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(1, VectorMath.Norm(after.Centroids[c]), 1e-5));
    }

    [Fact]
    public void Data_far_from_the_origin_are_clustered_as_well()
    {
        var vectors = Rows.Groups(300, 5, 3, spread: 0.2f);
        foreach (ref var x in vectors.AsSpan())
        {
            x += 3000;
        }

        var found = KMeans.Fit(vectors, 3);
        Assert.Equal(1, LabelingScores.AdjustedRandIndex(Rows.GroupsOf(300, 3), found.Labels));
        Assert.InRange(found.Centroids[0][0], 2990, 3010);
    }

    [Fact]
    public async Task One_thread_and_many_give_the_same_bytes()
    {
        var vectors = Rows.Groups(2000, 150, 30, spread: 1);
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ConcurrentScheduler;
        var one = await Task.Factory.StartNew(
            () => KMeans.Fit(vectors, 25, new KMeansOptions { Restarts = 2 }), default, TaskCreationOptions.None, scheduler);
        var many = KMeans.Fit(vectors, 25, new KMeansOptions { Restarts = 2 });
        Assert.Equal(one.Labels, many.Labels);
        Assert.Equal(one.Centroids.AsSpan(), many.Centroids.AsSpan());
        Assert.Equal(one.Inertia, many.Inertia);
    }

    [Fact]
    public void Empty_clusters_are_filled_with_the_furthest_points()
    {
        var points = Rows.Of([0], [1], [10], [11], [100]);
        var lloyd = new Lloyd(points, Squares(points), Rows.Of([0], [1000], [2000]), spherical: false);
        lloyd.Run(20, 0, null, default);
        Assert.Equal(3, lloyd.Labels.Distinct().Count());
    }

    [Fact]
    public void Equal_points_make_one_cluster_and_leave_the_rest_empty()
    {
        var found = KMeans.Fit(Rows.Equal(20, 4), 3);
        Assert.Single(found.Labels.Distinct());
        Assert.Equal(0, found.Inertia);
        Assert.Equal([0], KMeans.Fit(Rows.Equal(1, 4), 1).Labels);
    }

    [Fact]
    public void As_many_clusters_as_points_leave_no_inertia() =>
        Assert.Equal(0, KMeans.Fit(Rows.Gauss(12, 3, new Random(1)), 12).Inertia, 1e-9);

    [Fact]
    public void The_number_of_groups_is_chosen()
    {
        var chosen = ClusterCount.Choose(Rows.Groups(300, 10, 5), 2, 9);
        Assert.Equal(5, chosen.BySilhouette);
        Assert.Equal(5, chosen.ByElbow);
        Assert.Equal(8, chosen.Trials.Count);
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => KMeans.Fit(new VectorMatrix(0, 3), 1));
        Sentence.Of<ArgumentException>(() => KMeans.Fit(Rows.Equal(3, 3), 4));
        Sentence.Of<ArgumentException>(() => KMeans.Fit(Rows.Of([0, float.NaN]), 1));
        Sentence.Of<ArgumentException>(() => KMeans.Fit(Rows.Equal(3, 3), 2, new KMeansOptions { Metric = Metric.Hamming }));
        Sentence.Of<ArgumentException>(() => KMeans.Fit(Rows.Equal(3, 3), 2).Predict(Rows.Equal(1, 2)));
        Sentence.Of<ArgumentException>(() => ClusterCount.Choose(Rows.Equal(5, 3), 2, 5));
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(
            () => KMeans.Fit(Rows.Equal(30, 3), 2, cancellationToken: new CancellationToken(true)));

    private static float[] Squares(VectorMatrix points) =>
        [.. Enumerable.Range(0, points.Count).Select(i => VectorMath.Dot(points[i], points[i]))];

    private static int[] PlainIterations(VectorMatrix points, VectorMatrix start, int iterations)
    {
        var centroids = Enumerable.Range(0, start.Count).Select(c => Array.ConvertAll(start[c].ToArray(), x => (double)x)).ToArray();
        int[] Assign() =>
            [.. Enumerable.Range(0, points.Count)
                .Select(i => Enumerable.Range(0, centroids.Length).MinBy(c => Squared(points[i], centroids[c])))];
        var labels = Assign();
        for (var round = 0; round < iterations; round++)
        {
            for (var c = 0; c < centroids.Length; c++)
            {
                var members = Enumerable.Range(0, labels.Length).Where(i => labels[i] == c).ToArray();
                centroids[c] = members.Length == 0
                    ? centroids[c]
                    : [.. Enumerable.Range(0, points.Dimensions).Select(j => members.Average(i => (double)points[i][j]))];
            }

            labels = Assign();
        }

        return labels;
    }

    private static double Squared(ReadOnlySpan<float> a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += (a[j] - b[j]) * (a[j] - b[j]);
        }

        return sum;
    }
}
